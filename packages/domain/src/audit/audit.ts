import type { AuditAction, AuditSubject } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { rows } from '../db/database';
import { wellFormed } from '../encoding';
import type { Origin, Work } from '../pipeline/context';
import { type AuditDetails, auditLog } from './table';

/** Work that knows where it came from, where a call led to it: what a handler has is of this kind, and what a job has. */
export interface AuditedWork extends Work {
  readonly origin?: Origin;
}

export interface AuditedAct {
  /** Null: the platform itself. */
  readonly actorId: string | null;
  readonly action: AuditAction;
  readonly subjectType: AuditSubject;
  readonly subjectId: string;
  readonly details?: AuditDetails;
}

/** Writes to the audit log, in the transaction of the act. The request and its address are kept with it. */
export function audit(work: AuditedWork, act: AuditedAct): Promise<void> {
  return auditAll(work, [act]);
}

/** As `audit`, for several acts at once. */
export async function auditAll(work: AuditedWork, acts: readonly AuditedAct[]): Promise<void> {
  if (acts.length === 0) return;
  await work.db.insert(auditLog).values(
    acts.map(({ actorId, action, subjectType, subjectId, details = {} }) => ({
      id: work.newId(),
      at: work.now,
      actorId,
      action,
      subjectType,
      subjectId,
      details: storable(details),
      requestId: work.origin?.requestId ?? null,
      address: work.origin?.address ?? null,
    })),
  );
}

/** Half a surrogate pair has no place in JSON as the database keeps it. */
function storable(details: AuditDetails): AuditDetails {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? wellFormed(value) : value]));
}

/**
 * Drops entries older than `before`: the one door by which anything leaves the audit log. It opens for this transaction, and
 * only for what is older than it says. Answers how many went; that they did is written down in turn.
 */
export async function expireAudit(work: AuditedWork, before: Date): Promise<number> {
  const { db } = work;
  const open = (until: string) => db.execute(sql`select set_config('heartline.audit_expires_before', ${until}, true)`);
  await open(before.toISOString());
  const [dropped] = await rows<{ entries: number }>(
    db,
    sql`with gone as (delete from ${auditLog} where ${auditLog.at} < ${before.toISOString()}::timestamptz returning 1)
        select count(*)::int as entries from gone`,
  );
  await open('');
  const entries = dropped?.entries ?? 0;
  if (entries > 0) {
    const details = { entries, before: before.toISOString() };
    await audit(work, { actorId: null, action: 'audit.expired', subjectType: 'audit', subjectId: work.newId(), details });
  }
  return entries;
}
