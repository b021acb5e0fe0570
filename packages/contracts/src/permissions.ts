/** What roles can be allowed to do beyond their own account. An endpoint's `access` names one of these. */
export const permissions = [
  'users:read',
  'users:moderate',
  'users:roles',
  'reports:resolve',
  'verifications:review',
  'tickets:answer',
  'announcements:publish',
  'events:manage',
  'withdrawals:decide',
  'payments:refund',
  'calls:oversee',
  'statistics:read',
  'audit:read',
] as const;

export type Permission = (typeof permissions)[number];

export const roles = ['user', 'support', 'moderator', 'admin', 'owner'] as const;

export type Role = (typeof roles)[number];

const support = ['users:read', 'tickets:answer'] as const satisfies readonly Permission[];
const moderator = [
  ...support,
  'users:moderate',
  'reports:resolve',
  'verifications:review',
  'calls:oversee',
] as const satisfies readonly Permission[];
const admin = [
  ...moderator,
  'announcements:publish',
  'events:manage',
  'withdrawals:decide',
  'payments:refund',
  'statistics:read',
  'audit:read',
] as const satisfies readonly Permission[];

/** The permissions each role carries. A permission that is not listed is denied. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  user: [],
  support,
  moderator,
  admin,
  owner: permissions,
};
