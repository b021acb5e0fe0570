import { expect, test } from 'vitest';
import { outranks, permissions, type Role, rolePermissions, roles, rolesGivenBy } from '../src';
import { everyEndpoint } from './walk';

test('every role may do what the one below it may', () => {
  roles.forEach((role, i) => {
    const below = roles[i - 1];
    if (below !== undefined) expect(rolePermissions[role], role).toEqual(expect.arrayContaining([...rolePermissions[below]]));
  });
});

test('every role but the first may do more than the one below it', () => {
  const counts = roles.map((role) => new Set(rolePermissions[role]).size);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(new Set(counts).size).toBe(roles.length);
  expect(rolePermissions.user).toEqual([]);
});

test('a permission stands once, and somebody has it', () => {
  expect(permissions).toEqual([...new Set(permissions)]);
  for (const role of Object.keys(rolePermissions) as Role[]) {
    expect(rolePermissions[role], role).toEqual([...new Set(rolePermissions[role])]);
    expect(permissions, role).toEqual(expect.arrayContaining([...rolePermissions[role]]));
  }
  expect(rolePermissions.owner).toEqual(permissions);
});

test('only owners give out every role; others who may give out those below their own', () => {
  expect(Object.fromEntries(roles.map((role) => [role, rolesGivenBy(role)]))).toEqual({
    user: [],
    support: [],
    moderator: [],
    admin: ['user', 'support', 'moderator'],
    owner: roles,
  });
});

test('nobody outranks themselves, and of two roles one outranks the other', () => {
  for (const one of roles) {
    for (const other of roles) expect([outranks(one, other), outranks(other, one)].filter(Boolean)).toHaveLength(one === other ? 0 : 1);
  }
});

test('an endpoint names an access that exists', () => {
  const known = new Set<string>(['public', 'user', ...permissions]);
  for (const [id, { access }] of everyEndpoint) expect(known, id).toContain(access);
});
