import { type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { blocks } from '../blocks/table';
import { users } from '../users/table';

/** A moment in a query: of this call, or, in a query that is written once, as each is given it. */
export const momentOf = (now: Date | Placeholder) => sql`${now instanceof Date ? now.toISOString() : now}::timestamptz`;

/** Whether the account in `users` may be used now, as a condition of a query: who may not is gone for everyone else. */
export function isThere(now: Date | Placeholder): SQL {
  return sql`(${users.status} = 'active' or (${users.status} = 'suspended' and ${users.suspendedUntil} <= ${momentOf(now)}))`;
}

/** Whether neither of the two has blocked the other. */
function unblocked(viewer: string | Placeholder | SQL, person: PgColumn | SQL): SQL {
  return sql`(
    not exists (select 1 from ${blocks} where ${blocks.blockerId} = ${viewer} and ${blocks.blockedId} = ${person})
    and not exists (select 1 from ${blocks} where ${blocks.blockerId} = ${person} and ${blocks.blockedId} = ${viewer})
  )`;
}

/**
 * Whether `viewer` may see the person in `person`, as a condition of a query that has `users` joined to it.
 *
 * This is the one place that decides it: deleted, banned and suspended people are gone for everyone, and a block hides
 * two people from each other. Every list of people and every look at one goes through here.
 */
export function visibleTo(viewer: string | Placeholder | SQL, person: PgColumn | SQL, now: Date | Placeholder): SQL {
  return sql`(${person} = ${viewer} or (${isThere(now)} and ${unblocked(viewer, person)}))`;
}

/**
 * Whether `viewer` keeps what the person in `person` wrote to them: of whom they may see, and of who deleted their account
 * since. Of the latter nothing is shown but that. What a block hides it goes on hiding when the other is gone.
 */
export function writtenWith(viewer: string, person: PgColumn | SQL, now: Date): SQL {
  return sql`((${isThere(now)} or ${users.status} = 'deleted') and ${unblocked(viewer, person)})`;
}
