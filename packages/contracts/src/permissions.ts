/**
 * What roles can be allowed to do beyond their own account. An endpoint's `access` names one of these.
 *
 * - `users:read`: find any account, with its email and phone; `users:moderate`: warn, suspend and ban;
 * - `photos:review`: decide which photos are shown;
 * - `users:roles`: give and take roles below one's own; `users:owners`: give and take every role, that of an owner too.
 */
export const permissions = [
  'users:read',
  'users:moderate',
  'users:roles',
  'users:owners',
  'reports:resolve',
  'photos:review',
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
  'photos:review',
  'verifications:review',
  'calls:oversee',
] as const satisfies readonly Permission[];
const admin = [
  ...moderator,
  'users:roles',
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

/** Whether `one` stands above `other`. Nobody acts on an account whose role is not below their own. */
export function outranks(one: Role, other: Role): boolean {
  return roles.indexOf(one) > roles.indexOf(other);
}

export function carries(role: Role, permission: Permission): boolean {
  return rolePermissions[role].includes(permission);
}

/** The roles that someone with this one may give to somebody else, and may take from them. */
export function rolesGivenBy(role: Role): readonly Role[] {
  if (carries(role, 'users:owners')) return roles;
  return carries(role, 'users:roles') ? roles.filter((other) => outranks(role, other)) : [];
}
