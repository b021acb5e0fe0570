import type { Me } from '@app/api-client';

type Role = Me['role'];

/** From which role on each page of the admin area is of use. The service has the last word. */
const pages = {
  reports: ['moderator', 'admin', 'owner'],
  photos: ['moderator', 'admin', 'owner'],
  users: ['support', 'moderator', 'admin', 'owner'],
  statistics: ['admin', 'owner'],
  audit: ['admin', 'owner'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type AdminPage = keyof typeof pages;

export function mayOpen(role: Role, page: AdminPage): boolean {
  return pages[page].some((one) => one === role);
}

/** Suspending, banning and warning. */
export const mayModerate = (role: Role): boolean => mayOpen(role, 'reports');

/** Whether there is anything in the admin area for someone. */
export function looksAfter(role: Role | undefined): boolean {
  return role !== undefined && role !== 'user';
}

/** The roles that someone may give to others, and take from them. */
export function rolesGivenBy(role: Role): readonly Role[] {
  if (role === 'owner') return ['user', 'support', 'moderator', 'admin', 'owner'];
  return role === 'admin' ? ['user', 'support', 'moderator'] : [];
}
