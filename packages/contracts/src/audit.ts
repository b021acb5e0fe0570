import * as z from 'zod';

/** Entries of the audit log are kept for this long, and dropped after it. In days. */
export const auditRetentionDays = 2 * 365;

/**
 * Everything that is written to the audit log: acts of those who run the platform, and acts of anybody that touch the
 * safety of an account. Closed: what is not here is not written.
 */
export const auditActions = {
  // What people do to their own accounts
  'account.created': 'An account was made.',
  'account.exported': 'Someone asked for everything that is held about them.',
  'account.deleted': 'Someone deleted their account. It can be taken back until it is erased.',
  'account.restored': 'Someone took the deletion of their account back.',
  'account.erased': 'A deleted account was erased for good.',
  'password.changed': 'A password was changed by someone who knew the old one.',
  'password.reset': 'A password was changed by someone who proved an address.',
  'email.changed': 'An account has another email.',
  'email.verified': 'Someone proved that an email is theirs.',
  'phone.changed': 'An account has another phone number.',
  'phone.verified': 'Someone proved that a phone number is theirs.',
  'identity.linked': 'An account can be signed in to by an identity of another service.',
  'identity.unlinked': 'An identity of another service was taken off an account.',
  'session.new_device': 'Someone signed in from a device that was not known.',
  'session.revoked': 'A device was signed out by its owner, from another one.',
  'session.all_revoked': 'Every device of an account was signed out by its owner.',
  'session.token_reused': 'A refresh token was used again, and its session was signed out for safety.',

  // What those do who keep people safe
  'user.viewed': 'Someone looked at an account, with what it keeps from others.',
  'user.status_changed': 'An account was suspended, banned, deleted or made active again.',
  'user.role_changed': 'An account has another role.',
  'user.warned': 'Someone was warned.',
  'report.viewed': 'Someone looked at a report and its evidence.',
  'report.assigned': 'A report was taken by someone, given to someone, or put back.',
  'report.resolved': 'A report was resolved.',
  'photo.approved': 'A photo was looked at and may be shown.',
  'photo.rejected': 'A photo was looked at and may not be shown.',
  'message.removed': 'A message was taken away by a moderator.',

  // What the platform does by itself
  'audit.expired': 'Entries older than the retention were dropped.',
} as const satisfies Readonly<Record<string, string>>;

const actionNames = Object.keys(auditActions) as [keyof typeof auditActions, ...(keyof typeof auditActions)[]];

export const AuditAction = z
  .enum(actionNames)
  .meta({ id: 'AuditAction', description: 'What was done.', examples: ['user.status_changed'] });
export type AuditAction = z.infer<typeof AuditAction>;

export const AuditSubject = z
  .enum(['user', 'session', 'report', 'photo', 'message', 'audit'])
  .meta({ id: 'AuditSubject', description: 'What kind of thing it was done to.', examples: ['user'] });
export type AuditSubject = z.infer<typeof AuditSubject>;
