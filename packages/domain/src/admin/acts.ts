import { audit } from '../audit/audit';
import { wellFormed } from '../encoding';
import { notify } from '../notifications/notify';
import type { Context } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { warnings } from './table';

export type WarningRow = typeof warnings.$inferSelect;

/** Warns someone: they are told, and it is kept with their account. Who may is asked by the caller. */
export async function warn(context: Context<never>, userId: string, given: string, reportId: string | null): Promise<WarningRow> {
  const text = wellFormed(given);
  const by = context.caller.userId;
  const row = { id: context.newId(), userId, text, reportId, by, createdAt: context.now };
  await context.db.insert(warnings).values(row);
  await notify(context, { userId, kind: 'warning', data: { reason: text } });
  await audit(context, {
    actorId: by,
    action: 'user.warned',
    subjectType: 'user',
    subjectId: userId,
    details: { warningId: row.id, reportId },
  });
  return row;
}

/** When a suspension is to end: in the future, or null for no end. Given with anything but a suspension it is refused. */
export function endOf(until: string | null | undefined, isSuspension: boolean, now: Date): Date | null {
  if (until === undefined || until === null) return null;
  if (!isSuspension) throw faultOf('until', 'Only a suspension has an end');
  const end = new Date(until);
  // PostgreSQL keeps no year that is longer.
  if (end <= now || end.getUTCFullYear() > 9999) throw faultOf('until', 'The end has to be in the future');
  return end;
}

export function faultOf(path: string, message: string) {
  return fail('VALIDATION_FAILED', { issues: [{ path, message, code: 'custom' }] });
}
