import type { AuditAction, AuditSubject } from '@app/contracts';
import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';

/** What an entry says beyond who did what to whom: facts, never people's words to each other, addresses or secrets. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Who did what to whom, and when. The database itself takes rows in and lets none be changed or taken away (a trigger, see
 * the migration `audit_append_only`), but for those that `expireAudit` drops. Nothing refers to it and it refers to
 * nothing, so that an entry outlives everyone in it.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: id().primaryKey(),
    at: moment('at').notNull(),
    /** Null: the platform itself. */
    actorId: id('actor_id'),
    action: text('action').$type<AuditAction>().notNull(),
    subjectType: text('subject_type').$type<AuditSubject>().notNull(),
    subjectId: id('subject_id').notNull(),
    details: jsonb('details').$type<AuditDetails>().notNull(),
    /** Null where no request led to it: in a job. */
    requestId: text('request_id'),
    /** The network address that the request came from. */
    address: text('address'),
  },
  (t) => [
    index('audit_log_by_time').on(t.at, t.id),
    index('audit_log_by_actor').on(t.actorId, t.at, t.id),
    index('audit_log_by_subject').on(t.subjectId, t.at, t.id),
    index('audit_log_by_action').on(t.action, t.at, t.id),
  ],
);
