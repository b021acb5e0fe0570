import * as z from 'zod';
import { adminPhotos } from './admin-photos';
import { AuditAction, AuditSubject } from './audit';
import { endpoint } from './core/endpoint';
import { Gender } from './people';
import { roles } from './permissions';
import { Day, Id, page, pageFields, Timestamp } from './primitives';
import { NamedUser, Report, ReportCategory, ReportDetail, ReportOutcome, ReportPriority, ReportStatus } from './reports';
import { sampleIds, samplePeople } from './samples';
import { AccountStatus } from './users';

const RoleField = z.enum(roles).meta({ description: 'What the account may do beyond its own data.', examples: ['user'] });
const mona = { id: sampleIds.mona, displayName: 'Mona' };
const Note = z.string().trim().max(2_000);

const account = {
  id: Id.meta({ examples: [sampleIds.ben] }),
  displayName: z.string().meta({ examples: [samplePeople.ben.displayName] }),
  email: z
    .string()
    .nullable()
    .meta({ description: 'Null where there is none.', examples: ['ben@example.com'] }),
  emailVerified: z.boolean().meta({ description: 'Whether they have proven that it is theirs.', examples: [true] }),
  phone: z
    .string()
    .nullable()
    .meta({ description: 'E.164. Null where there is none.', examples: ['+351912345678'] }),
  role: RoleField,
  status: AccountStatus.meta({ description: 'A suspension that is over counts as active.' }),
  suspendedUntil: Timestamp.nullable().meta({ description: 'Null where it is not suspended, or no end is set.', examples: [null] }),
  createdAt: Timestamp.meta({ examples: ['2025-11-20T17:41:02.000Z'] }),
  lastActiveAt: Timestamp.meta({ description: 'To within a few minutes.' }),
  openReports: z.int().meta({ description: 'Reports about them that are not resolved.', examples: [1] }),
};

/** An account as those see it who keep people safe. */
export const AdminUser = z.object(account).meta({ id: 'AdminUser', description: 'An account, for those who keep people safe.' });
export interface AdminUser extends z.infer<typeof AdminUser> {}

export const StatusChange = z
  .object({
    at: Timestamp.meta({ examples: ['2026-01-15T11:20:00.000Z'] }),
    from: AccountStatus,
    to: AccountStatus.meta({ examples: ['suspended'] }),
    until: Timestamp.nullable().meta({ description: 'When a suspension ends by itself.', examples: ['2026-01-22T11:20:00.000Z'] }),
    reason: z.string().meta({ examples: ['Went on after a warning.'] }),
    by: NamedUser.nullable().meta({ description: 'Null where the platform did it by itself.', examples: [mona] }),
  })
  .meta({ id: 'StatusChange', description: 'A change of the status of an account.' });
export interface StatusChange extends z.infer<typeof StatusChange> {}

export const Warning = z
  .object({
    id: Id.meta({ examples: [sampleIds.warning] }),
    userId: Id.meta({ description: 'Who was warned.', examples: [sampleIds.ben] }),
    text: z.string().meta({ description: 'What they were told.', examples: ['Please stop writing to people who said no.'] }),
    reportId: Id.nullable().meta({ description: 'The report that led to it.', examples: [sampleIds.report] }),
    by: NamedUser.nullable().meta({ description: 'Null where their account is gone.', examples: [mona] }),
    createdAt: Timestamp.meta({ examples: ['2026-01-15T11:20:00.000Z'] }),
  })
  .meta({ id: 'Warning', description: 'What someone was told by a moderator.' });
export interface Warning extends z.infer<typeof Warning> {}

export const AdminUserDetail = z
  .object({
    ...account,
    birthDate: Day,
    gender: Gender.meta({ examples: [samplePeople.ben.gender] }),
    city: z
      .string()
      .nullable()
      .meta({ examples: [samplePeople.ben.city] }),
    bio: z.string().meta({ examples: ['Climbs before breakfast, cooks after.'] }),
    sessions: z.int().meta({ description: 'Devices that are signed in.', examples: [2] }),
    statusHistory: z.array(StatusChange).meta({ description: 'The newest first, at most 50.' }),
    warnings: z.array(Warning).meta({ description: 'The newest first, at most 50.' }),
    reportsAbout: z.array(Report).meta({ description: 'The newest first, at most 50.' }),
    reportsBy: z.array(Report).meta({ description: 'The newest first, at most 50.', examples: [[]] }),
    blockedBy: z.int().meta({ description: 'People who have blocked them.', examples: [3] }),
  })
  .meta({ id: 'AdminUserDetail', description: 'An account with everything a moderator needs.' });
export interface AdminUserDetail extends z.infer<typeof AdminUserDetail> {}

export const AuditEntry = z
  .object({
    id: Id.meta({ examples: [sampleIds.audit] }),
    at: Timestamp.meta({ examples: ['2026-01-15T11:20:00.000Z'] }),
    actor: NamedUser.nullable().meta({ description: 'Null where the platform did it by itself.', examples: [mona] }),
    action: AuditAction,
    subjectType: AuditSubject,
    subjectId: Id.meta({ examples: [sampleIds.ben] }),
    details: z
      .array(
        z.object({
          name: z.string().meta({ examples: ['to'] }),
          value: z
            .union([z.string(), z.number(), z.boolean()])
            .nullable()
            .meta({ examples: ['suspended'] }),
        }),
      )
      .meta({ description: 'What else is known of it.' }),
    requestId: z
      .string()
      .nullable()
      .meta({ description: 'Null where no request led to it.', examples: [sampleIds.request] }),
    address: z
      .string()
      .nullable()
      .meta({ description: 'The network address that the request came from.', examples: ['203.0.113.7'] }),
  })
  .meta({ id: 'AuditEntry', description: 'Who did what to whom, and when.' });
export interface AuditEntry extends z.infer<typeof AuditEntry> {}

export const AdminStatistics = z
  .object({
    people: z
      .object({
        active: z.int().meta({ examples: [10_412] }),
        suspended: z.int().meta({ examples: [12] }),
        banned: z.int().meta({ examples: [87] }),
        deleted: z.int().meta({ examples: [301] }),
      })
      .meta({ description: 'Accounts by their status.' }),
    signUps: z
      .array(z.object({ day: Day.meta({ examples: ['2026-01-15'] }), count: z.int().meta({ examples: [64] }) }))
      .meta({ description: 'New accounts of each day, in UTC, the oldest first; days without any stand there too.' }),
    reports: z
      .object({
        open: z.int().meta({ description: 'Not resolved.', examples: [9] }),
        urgent: z.int().meta({ description: 'Of those, urgent ones.', examples: [1] }),
        unassigned: z.int().meta({ description: 'Of those, ones that nobody has taken.', examples: [4] }),
        resolved: z.int().meta({ description: 'Resolved within the days asked for.', examples: [120] }),
      })
      .meta({ description: 'How much there is to do.' }),
  })
  .meta({ id: 'AdminStatistics', description: 'The platform in numbers.' });
export interface AdminStatistics extends z.infer<typeof AdminStatistics> {}

const userId = Id.meta({ examples: [sampleIds.ben] });
const reportId = Id.meta({ examples: [sampleIds.report] });
const Until = Timestamp.nullable()
  .optional()
  .meta({
    description: 'When a suspension ends by itself, in the future; for nothing else. Null or left out: when somebody ends it.',
    examples: ['2040-01-22T11:20:00.000Z'],
  });

export const admin = {
  ...adminPhotos,
  users: endpoint({
    method: 'GET',
    path: '/admin/users',
    summary: 'Accounts, the newest first; those of a name in the order of names.',
    access: 'users:read',
    query: {
      ...pageFields,
      name: z
        .string()
        .trim()
        .min(1)
        .max(50)
        .optional()
        .meta({ description: 'What the name begins with, in either case.', examples: ['Be'] }),
      email: z
        .string()
        .trim()
        .toLowerCase()
        .max(254)
        .optional()
        .meta({ description: 'The whole email.', examples: ['ben@example.com'] }),
      phone: z
        .string()
        .trim()
        .max(32)
        .optional()
        .meta({ description: 'The whole number, in E.164.', examples: ['+351912345678'] }),
      status: AccountStatus.optional(),
      role: RoleField.optional(),
    },
    output: page(AdminUser).meta({ id: 'AdminUserPage', description: 'A page of accounts.' }),
    errors: ['INVALID_CURSOR'],
  }),
  user: endpoint({
    method: 'GET',
    path: '/admin/users/:userId',
    summary: 'An account with everything a moderator needs. That it was looked at is written down.',
    description: 'Not your own: whoever reported you stays unknown to you.',
    access: 'users:read',
    params: { userId },
    output: AdminUserDetail,
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF'],
  }),
  setUserStatus: endpoint({
    method: 'PATCH',
    path: '/admin/users/:userId/status',
    summary: 'Suspend or ban someone, or take that back.',
    description:
      'At once and everywhere: their sockets close, a call they are in ends, to everyone else they are gone. A ban signs every device out.',
    access: 'users:moderate',
    params: { userId },
    body: {
      status: z.enum(['active', 'suspended', 'banned']).meta({ description: 'What the account becomes.', examples: ['suspended'] }),
      until: Until,
      reason: Note.min(1).meta({ description: 'For those who look at it later.', examples: ['Went on after a warning.'] }),
    },
    output: AdminUser,
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF', 'OUTRANKED', 'STATUS_CONFLICT'],
    idempotency: 'natural',
  }),
  setUserRole: endpoint({
    method: 'PATCH',
    path: '/admin/users/:userId/role',
    summary: 'Give someone another role: one below your own, or any, where you are an owner.',
    access: 'users:roles',
    params: { userId },
    body: { role: RoleField.meta({ examples: ['support'] }) },
    output: AdminUser,
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF', 'OUTRANKED'],
    idempotency: 'natural',
  }),
  warnUser: endpoint({
    method: 'POST',
    path: '/admin/users/:userId/warnings',
    summary: 'Warn someone. They are told.',
    access: 'users:moderate',
    params: { userId },
    body: {
      text: Note.min(1).meta({ description: 'What they are told.', examples: ['Please stop writing to people who said no.'] }),
    },
    output: Warning,
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF', 'OUTRANKED'],
    idempotency: 'key',
  }),
  reports: endpoint({
    method: 'GET',
    path: '/admin/reports',
    summary: 'Reports: the most pressing first, and of those the oldest. Resolved ones: the latest first.',
    description: 'Without a status, those that are not resolved. Never those about yourself.',
    access: 'reports:resolve',
    query: {
      ...pageFields,
      status: ReportStatus.optional(),
      category: ReportCategory.optional(),
      priority: ReportPriority.optional(),
      assigneeId: Id.optional().meta({ description: 'Who has taken them.', examples: [sampleIds.mona] }),
    },
    output: page(Report).meta({ id: 'ReportPage', description: 'A page of reports.' }),
    errors: ['INVALID_CURSOR'],
  }),
  report: endpoint({
    method: 'GET',
    path: '/admin/reports/:reportId',
    summary: 'A report with its evidence. That it was looked at is written down.',
    access: 'reports:resolve',
    params: { reportId },
    output: ReportDetail,
    errors: ['REPORT_NOT_FOUND'],
  }),
  assignReport: endpoint({
    method: 'PUT',
    path: '/admin/reports/:reportId/assignee',
    summary: 'Take a report, give it to someone, or put it back.',
    access: 'reports:resolve',
    params: { reportId },
    body: { assigneeId: Id.nullable().meta({ description: 'Null puts it back.', examples: [null] }) },
    output: Report,
    errors: ['REPORT_NOT_FOUND', 'REPORT_RESOLVED', 'NOT_A_MODERATOR'],
    idempotency: 'natural',
  }),
  resolveReport: endpoint({
    method: 'PATCH',
    path: '/admin/reports/:reportId',
    summary: 'Resolve a report: what is decided is done, and the reporter is told, in one go.',
    description:
      'Of two who resolve it at once one wins; the other is told who and when. Nobody resolves a report of their own or about themselves.',
    access: 'reports:resolve',
    params: { reportId },
    body: {
      outcome: ReportOutcome.meta({ examples: ['suspended'] }),
      note: Note.default('').meta({ description: 'For those who look at it later.', examples: ['First time, warned.'] }),
      warning: Note.min(1)
        .optional()
        .meta({
          description:
            'What the person is told. Needed for `warned`; may go with `suspended` and `content_removed`, and with nothing else.',
          examples: ['Please stop writing to people who said no.'],
        }),
      until: Until,
      alsoOthers: z
        .boolean()
        .default(false)
        .meta({ description: 'Resolve every other open report about the same person in the same way.', examples: [false] }),
    },
    output: Report,
    errors: ['REPORT_NOT_FOUND', 'REPORT_RESOLVED', 'CANNOT_TARGET_SELF', 'OUTRANKED', 'STATUS_CONFLICT'],
    idempotency: 'none',
  }),
  auditLog: endpoint({
    method: 'GET',
    path: '/admin/audit',
    summary: 'Who did what to whom, the newest first.',
    access: 'audit:read',
    query: {
      ...pageFields,
      actorId: Id.optional().meta({ description: 'Who did it.', examples: [sampleIds.mona] }),
      subjectId: Id.optional().meta({ description: 'Whom or what it was done to.', examples: [sampleIds.ben] }),
      action: AuditAction.optional(),
      from: Timestamp.optional().meta({ description: 'Not before.', examples: ['2026-01-01T00:00:00.000Z'] }),
      to: Timestamp.optional().meta({ description: 'Before.', examples: ['2040-01-01T00:00:00.000Z'] }),
    },
    output: page(AuditEntry).meta({ id: 'AuditPage', description: 'A page of the audit log.' }),
    errors: ['INVALID_CURSOR'],
  }),
  statistics: endpoint({
    method: 'GET',
    path: '/admin/statistics',
    summary: 'The platform in numbers.',
    access: 'statistics:read',
    query: {
      days: z
        .int()
        .min(1)
        .max(90)
        .default(30)
        .meta({ description: 'How many days back, today too.', examples: [30] }),
    },
    output: AdminStatistics,
  }),
};
