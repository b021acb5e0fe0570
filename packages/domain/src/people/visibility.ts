import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { users } from '../users/table';
import { blocks } from './table';

/**
 * Whether `viewer` may see the person in `person`, as a condition of a query that has `users` joined to it.
 *
 * This is the one place that decides it: deleted, banned and suspended people are gone for everyone, and a block hides
 * two people from each other. Every list of people and every look at one goes through here.
 */
export function visibleTo(viewer: string, person: PgColumn | SQL, now: Date): SQL {
  return sql`(
    ${person} = ${viewer}
    or (
      (${users.status} = 'active' or (${users.status} = 'suspended' and ${users.suspendedUntil} <= ${now.toISOString()}::timestamptz))
      and not exists (select 1 from ${blocks} where ${blocks.blockerId} = ${viewer} and ${blocks.blockedId} = ${person})
      and not exists (select 1 from ${blocks} where ${blocks.blockerId} = ${person} and ${blocks.blockedId} = ${viewer})
    )
  )`;
}
