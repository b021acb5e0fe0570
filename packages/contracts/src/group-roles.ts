import * as z from 'zod';

/** What someone is in a group. */
export const GroupRole = z.enum(['owner', 'admin', 'member']).meta({
  id: 'GroupRole',
  description: 'A group has one owner; admins name it and choose who is in it; members write.',
  examples: ['member'],
});
export type GroupRole = z.infer<typeof GroupRole>;

/** Everything that a role decides in a group. Writing, muting, archiving and leaving are everyone's. */
export const groupActs = ['rename', 'setPicture', 'add', 'removeMembers', 'removeAdmins', 'setRoles'] as const;
export type GroupAct = (typeof groupActs)[number];

/** What each role may do. */
export const actsOfGroupRole: Readonly<Record<GroupRole, readonly GroupAct[]>> = {
  owner: groupActs,
  admin: ['rename', 'setPicture', 'add', 'removeMembers'],
  member: [],
};

/** Whether someone with this role may do that in a group. */
export function mayInGroup(role: GroupRole, act: GroupAct): boolean {
  return actsOfGroupRole[role].includes(act);
}
