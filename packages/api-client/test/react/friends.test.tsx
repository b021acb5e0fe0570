// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Friend, FriendRequest } from '../../src/index';
import { useAccount, useFriendRequests, useFriends, useProfile } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { show, until } from './screen';
import { moment, newId, people, profileOf, startWorld } from './world';

const request = (direction: 'received' | 'sent'): FriendRequest => ({
  id: newId(),
  direction,
  person: people.ben,
  createdAt: moment(),
  expiresAt: moment(),
});

describe('useFriends and useFriendRequests', () => {
  it('follow what happens: asked, taken back, accepted, ended', async () => {
    const world = await startWorld();
    world.server.on('friends.list', () => ({ items: [], nextCursor: null }));
    world.server.on('friends.requests', () => ({ items: [], nextCursor: null }));
    world.server.on('profiles.profile', () => profileOf(people.ben));
    const screen = show(world.device('ada'), () => ({
      ...useFriends(),
      received: useFriendRequests(),
      sent: useFriendRequests('sent'),
      profile: useProfile(people.ben.id).profile,
    }));
    await until(() => screen.now.profile && !screen.now.isLoading && !screen.now.received.isLoading && !screen.now.sent.isLoading);

    const asked = request('received');
    world.tell('friend:requested', ['ada'], () => ({ request: asked }));
    await until(() => screen.now.received.requests.length === 1 && screen.now.profile?.friendship === 'received');
    world.tell('friend:request_gone', ['ada'], () => ({ requestId: asked.id, userId: people.ben.id }));
    await until(() => screen.now.received.requests.length === 0 && screen.now.profile?.friendship === 'none');

    const sent = request('sent');
    world.server.on('friends.sendRequest', () => ({ request: sent, friend: null }));
    await screen.act((now) => now.sent.send(people.ben.id));
    await until(() => screen.now.sent.requests[0]?.id === sent.id && screen.now.profile?.friendship === 'requested');
    const friend: Friend = { person: people.ben, since: moment() };
    world.tell('friend:accepted', ['ada'], () => ({ friend }));
    await until(() => screen.now.friends.length === 1 && screen.now.sent.requests.length === 0);
    expect(screen.now.profile?.friendship).toBe('friends');

    world.server.on('friends.remove', () => ({ done: true }));
    await screen.act((now) => now.remove(people.ben.id));
    await until(() => screen.now.friends.length === 0 && screen.now.profile?.friendship === 'none');

    world.server.on('friends.accept', () => refuse('FRIEND_REQUEST_NOT_FOUND'));
    await expect(screen.now.received.accept(asked.id)).rejects.toMatchObject({ code: 'FRIEND_REQUEST_NOT_FOUND' });
  });
});

describe('useAccount', () => {
  it('asks for a copy, puts its parts together, and signs out with the end of the account', async () => {
    const world = await startWorld();
    world.server.on('users.exportStatus', () => ({ export: null }));
    const ready = { status: 'ready' as const, requestedAt: moment(), readyAt: moment(), expiresAt: moment(), parts: 2, bytes: 8 };
    world.server.on('users.exportMe', () => ready);
    world.server.on('users.exportPart', ({ input }) => ({
      part: Number(input.part),
      parts: 2,
      text: Number(input.part) === 1 ? '{"a"' : ':[]}',
    }));
    const client = world.device('ada');
    const screen = show(client, useAccount);
    await until(() => screen.now.dataExport === null);
    await screen.act((now) => now.requestExport());
    await until(() => screen.now.dataExport?.status === 'ready');
    expect(await screen.act((now) => now.downloadExport())).toBe('{"a":[]}');

    world.server.on('users.deleteMe', () => refuse('PASSWORD_WRONG'));
    await expect(screen.act((now) => now.deleteAccount('wrong'))).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    expect(client.session.state).toBe('signedIn');
    const erasedAt = moment();
    world.server.on('users.deleteMe', () => ({ erasedAt }));
    expect(await screen.act((now) => now.deleteAccount('right'))).toBe(erasedAt);
    await until(() => client.session.state === 'signedOut');
  });
});
