// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { useAuth, useDiscovery, useMatch, useProfile, useSessions, useUser } from '../../src/react/index';
import { hangUp, refuse } from '../core/stand-in-server';
import { gate, show, until } from './screen';
import { moment, newId, people, startWorld, stranger, type World } from './world';

const ada = { email: 'ada@example.com', password: 'secret word' };

describe('useAuth', () => {
  it('tells who is signed in, from the first look at the stored tokens on', async () => {
    const world = await startWorld();
    const auth = show(world.device('ada'), useAuth);
    expect(auth.renders[0]).toMatchObject({ state: 'unknown', isSignedIn: false, user: undefined });
    await until(() => auth.now.user);
    expect(auth.now).toMatchObject({ state: 'signedIn', isSignedIn: true, user: { displayName: 'Ada' }, isPending: false, error: null });
  });

  it('signs in and out', async () => {
    const world = await startWorld();
    const auth = show(world.device(null), useAuth);
    await until(() => auth.now.state === 'signedOut');
    await expect(auth.act((now) => now.login({ ...ada, password: 'wrong' }))).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    await until(() => auth.now.error?.code === 'INVALID_CREDENTIALS');
    const { passed, open } = gate();
    const signIn = world.signIn;
    world.server.on('auth.login', (from) => passed.then(() => signIn(from)));
    const me = auth.now.login(ada);
    await until(() => auth.now.isPending);
    open();
    expect((await me).displayName).toBe('Ada');
    await until(() => auth.now.user?.displayName === 'Ada' && !auth.now.isPending);
    expect(auth.now).toMatchObject({ isSignedIn: true, error: null });
    await auth.act((now) => now.logout());
    await until(() => auth.now.state === 'signedOut' && !auth.now.user);
  });

  it('leaves no password behind in the cache', async () => {
    const world = await startWorld();
    const auth = show(world.device(null), useAuth);
    await auth.act((now) => now.login(ada));
    await until(() => auth.now.user);
    await until(() => auth.queryClient.getMutationCache().getAll().length === 0);
  });

  it('registers, changes the password, and signs out everywhere', async () => {
    const world = await startWorld();
    const { server } = world;
    const auth = show(world.device(null), useAuth);
    server.on('auth.register', () => refuse('UNDER_AGE', { minimumAge: 18 }));
    const form = { ...ada, displayName: 'Ada', birthDate: '2015-01-01', gender: 'female' } as const;
    await expect(auth.act((now) => now.register(form))).rejects.toMatchObject({ code: 'UNDER_AGE', details: { minimumAge: 18 } });
    await auth.act((now) => now.login(ada));
    server.on('auth.changePassword', () => refuse('PASSWORD_WRONG'));
    const passwords = { currentPassword: 'x', newPassword: 'long enough' };
    await expect(auth.act((now) => now.changePassword(passwords))).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    await until(() => auth.now.error?.code === 'PASSWORD_WRONG');
    server.on('auth.changePassword', () => ({ revoked: 1 }));
    await auth.act((now) => now.changePassword(passwords));
    await until(() => auth.now.error === null);
    server.on('auth.logoutAll', () => ({ revoked: 2 }));
    await auth.act((now) => now.logoutAll());
    await until(() => auth.now.state === 'signedOut');
  });

  it('does not mind to be gone when the answer comes', async () => {
    const world = await startWorld();
    const client = world.device(null);
    const auth = show(client, useAuth);
    const { passed, open } = gate();
    world.server.on('auth.login', () => passed.then(() => refuse('INVALID_CREDENTIALS')));
    const login = auth.now.login(ada);
    auth.unmount();
    open();
    await expect(login).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });
});

describe('useUser, useProfile, useSessions', () => {
  it('load and change what is one’s own', async () => {
    const world = await startWorld();
    const user = show(world.device('ada'), useUser);
    expect(user.now.isLoading).toBe(true);
    await until(() => !user.now.isLoading);
    expect(user.now).toMatchObject({ user: { displayName: 'Ada' }, profile: { bio: '' }, preferences: { app: { theme: 'system' } } });

    await user.act((now) => now.updateProfile({ bio: 'Walks.' }));
    await until(() => user.now.profile?.bio === 'Walks.');
    world.server.on('users.updateMe', ({ input }) => ({ ...user.now.user, ...input }));
    await user.act((now) => now.updateMe({ displayName: 'Countess' }));
    await until(() => user.now.user?.displayName === 'Countess' && user.now.profile?.displayName === 'Countess');
    world.server.on('users.updatePreferences', () => refuse('INVALID_AGE_RANGE', { ageMin: 40, ageMax: 30 }));
    const wrong = user.act((now) => now.updatePreferences({ discovery: { ageMin: 40, ageMax: 30 } }));
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_AGE_RANGE' });
    await until(() => user.now.error?.code === 'INVALID_AGE_RANGE' && !user.now.isSaving);
  });

  it('show somebody, nobody, or why not', async () => {
    const world = await startWorld();
    const profile = show(world.device('ada'), (id: string | undefined) => useProfile(id), {
      initialProps: undefined as string | undefined,
    });
    await until(() => !profile.now.isLoading);
    expect(profile.now).toMatchObject({ profile: undefined, error: null });
    profile.rerender(people.ben.id);
    await until(() => profile.now.profile?.displayName === 'Ben');
    profile.rerender(newId());
    await until(() => profile.now.error?.code === 'USER_NOT_FOUND');
  });

  it('list devices, and sign one out', async () => {
    const world = await startWorld();
    const device = {
      id: newId(),
      current: false,
      platform: 'web',
      device: 'Firefox',
      appVersion: null,
      address: '::1',
      createdAt: moment(),
      lastSeenAt: moment(),
    };
    world.server.on('auth.listSessions', () => ({ items: [device] }));
    world.server.on('auth.revokeSession', () => ({ done: true }));
    const sessions = show(world.device('ada'), useSessions);
    await until(() => sessions.now.sessions.length === 1);
    await sessions.act((now) => now.revoke(device.id));
    await until(() => sessions.now.sessions.length === 0);
  });

  it('ask for nothing while signed out', async () => {
    const world = await startWorld();
    const client = world.device(null);
    const screen = show(client, () => [useUser(), useProfile(people.ben.id), useSessions(), useDiscovery(), useMatch()] as const);
    await until(() => screen.now.every(({ isLoading }) => !isLoading));
    expect(client.session.state).toBe('signedOut');
    expect(world.server.arrivals).toEqual([]);
  });
});

describe('useDiscovery', () => {
  const nine = () => Array.from({ length: 9 }, (_, n) => stranger(`No ${n + 1}`));
  const namesOf = ({ people: queue }: ReturnType<typeof useDiscovery>) => queue.map(({ displayName }) => displayName);

  async function facing(world: World, count = 9, size = 3) {
    const profiles = nine().slice(0, count);
    world.meet(...profiles);
    world.paginate(size);
    const client = world.device('ada');
    // Copied, because some facts are read when they are asked for.
    const discovery = show(client, () => ({ ...useDiscovery() }));
    await until(() => discovery.now.current && client.realtime.status.caughtUp);
    return { discovery, profiles, client };
  }

  it('fills the queue before it runs out, and tells when nobody is left', async () => {
    const world = await startWorld();
    const { discovery } = await facing(world);
    await until(() => discovery.now.people.length >= 5);
    expect(discovery.now.isEmpty).toBe(false);
    // Pages are counted, so the stand-in keeps everybody in place while they are swiped.
    world.server.on('swipes.swipe', ({ input }) => ({ swipe: { ...input, createdAt: moment() }, match: null }));
    for (let n = 1; n <= 9; n += 1) {
      await until(() => discovery.now.current?.displayName === `No ${n}`);
      await discovery.act((now) => now.swipe('pass'));
    }
    await until(() => discovery.now.isEmpty);
    expect(world.server.callsOf('swipes.swipe')).toHaveLength(9);
    expect(discovery.renders.flatMap(({ error }) => error ?? [])).toEqual([]);
  });

  it('lets them go at once, and brings them back when it fails', async () => {
    const world = await startWorld();
    const { discovery } = await facing(world, 3);
    const { passed, open } = gate();
    world.server.on('swipes.swipe', () => passed.then(() => refuse('RATE_LIMITED', { retryAfterSeconds: 60 })));
    await discovery.act((now) => void now.swipe('like'));
    await until(() => discovery.now.current?.displayName === 'No 2');
    expect(discovery.now.canUndo).toBe(true);
    open();
    await until(() => discovery.now.error?.code === 'RATE_LIMITED');
    expect(namesOf(discovery.now)).toEqual(['No 1', 'No 2', 'No 3']);
    expect(discovery.now.canUndo).toBe(false);
  });

  it('does not bring back who is gone for good', async () => {
    const world = await startWorld();
    const { discovery } = await facing(world, 3);
    world.server.on('swipes.swipe', () => refuse('USER_NOT_FOUND'));
    await discovery.act((now) => now.swipe('like'));
    await until(() => discovery.now.error?.code === 'USER_NOT_FOUND');
    expect(namesOf(discovery.now)).toEqual(['No 2', 'No 3']);
  });

  it('swipes one after another, and not twice on the same', async () => {
    const world = await startWorld();
    const { discovery, profiles } = await facing(world, 3);
    const order: unknown[] = [];
    let underWay = 0;
    world.server.on('swipes.swipe', async ({ input }) => {
      underWay += 1;
      expect(underWay).toBe(1);
      order.push(input.userId);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return { swipe: { ...input, createdAt: moment() }, match: null };
    });
    const [one, two] = profiles;
    await discovery.act(({ swipe }) => Promise.all([swipe('like', one?.id), swipe('pass', two?.id), swipe('like', 'nobody')]));
    await until(() => namesOf(discovery.now).join() === 'No 3');
    expect(order).toEqual([one?.id, two?.id]);
  });

  it('does not show again who was swiped on while the next page was on its way', async () => {
    const world = await startWorld();
    const { discovery, profiles } = await facing(world, 9, 6);
    await until(() => discovery.now.people.length === 6);
    const next = { items: profiles.slice(6), nextCursor: null };
    const page = gate();
    world.server.on('discovery.discover', () => page.passed.then(() => next));
    await discovery.act((now) => now.swipe('pass'));
    await discovery.act((now) => now.swipe('pass'));
    await until(() => world.server.callsOf('discovery.discover').length === 2);
    await discovery.act((now) => now.swipe('pass'));
    page.open();
    await until(() => discovery.now.people.length > 3);
    expect(namesOf(discovery.now)).toEqual(['No 4', 'No 5', 'No 6', 'No 7', 'No 8', 'No 9']);
  });

  it('takes the last swipe back', async () => {
    const world = await startWorld();
    const { discovery, profiles } = await facing(world, 3);
    await discovery.act((now) => now.swipe('pass'));
    await discovery.act((now) => now.swipe('pass'));
    world.server.on('swipes.undoSwipe', () => ({ swipe: { userId: profiles[1]?.id, action: 'pass', createdAt: moment() } }));
    await discovery.act((now) => now.undo());
    await until(() => discovery.now.current?.displayName === 'No 2');
    expect(discovery.now.canUndo).toBe(true);
    world.server.on('swipes.undoSwipe', () => refuse('NOTHING_TO_UNDO'));
    await discovery.act((now) => now.undo());
    await until(() => discovery.now.error?.code === 'NOTHING_TO_UNDO');
  });

  it('celebrates a match once, whether the answer or the event is first', async () => {
    const world = await startWorld();
    const { discovery, client } = await facing(world, 3);
    const match = { id: newId(), person: people.ben, status: 'active', createdAt: moment(), expiresAt: null, endedAt: null } as const;
    world.server.on('swipes.swipe', ({ input }) => {
      world.tell('match:created', ['ada'], () => ({ match }));
      return { swipe: { ...input, createdAt: moment() }, match };
    });
    expect(discovery.now.lastMatch).toBeNull();
    await discovery.act((now) => now.swipe('like'));
    await until(() => discovery.now.lastMatch?.id === match.id);
    await discovery.act((now) => now.dismissMatch());
    await until(() => discovery.now.lastMatch === null);
    const before = discovery.renders.length;
    const heard = new Promise((resolve) => client.realtime.on('match:timeout_warning', resolve));
    world.tell('match:created', ['ada'], () => ({ match }));
    world.tell('match:timeout_warning', ['ada'], () => ({ matchId: match.id, expiresAt: moment() }));
    await discovery.act(() => heard);
    const second = { ...match, id: newId() };
    world.tell('match:created', ['ada'], () => ({ match: second }));
    await until(() => discovery.now.lastMatch?.id === second.id);
    expect(discovery.renders.slice(before).some(({ lastMatch }) => lastMatch?.id === match.id)).toBe(false);
    world.tell('match:ended', ['ada'], () => ({ matchId: second.id, userId: people.ben.id, reason: 'unmatched' }));
    await until(() => discovery.now.lastMatch === null);
  });

  it('looks with other filters, and anew when asked', async () => {
    const world = await startWorld();
    world.meet(stranger('Somebody'));
    const discovery = show(world.device('ada'), (ageMin: number) => useDiscovery({ ageMin }), { initialProps: 20 });
    await until(() => discovery.now.current);
    discovery.rerender(30);
    await until(() => world.server.callsOf('discovery.discover').some(({ input }) => input.ageMin === 30));
    await until(() => discovery.now.current);
    world.meet(stranger('Newcomer'));
    await discovery.act((now) => now.refresh());
    await until(() => discovery.now.current?.displayName === 'Newcomer');
  });

  it('does not ask on and on for a page that fails', async () => {
    const world = await startWorld();
    const { discovery } = await facing(world, 9, 6);
    world.server.on('discovery.discover', () => refuse('INTERNAL'));
    await discovery.act((now) => now.swipe('pass'));
    await discovery.act((now) => now.swipe('pass'));
    await until(() => discovery.now.error?.code === 'INTERNAL');
    const asked = world.server.callsOf('discovery.discover').length;
    await discovery.act((now) => now.swipe('pass'));
    await until(() => discovery.now.people.length === 3);
    expect(world.server.callsOf('discovery.discover')).toHaveLength(asked);
    expect(discovery.now.isEmpty).toBe(false);
  });
});

describe('useMatch', () => {
  it('lists matches, swipes, takes back, and ends one', async () => {
    const world = await startWorld();
    const matches = show(world.device('ada'), useMatch);
    await until(() => !matches.now.isLoading);
    world.match();
    await until(() => matches.now.matches.length === 1 && matches.now.newMatch);
    await matches.act((now) => now.dismissMatch());
    await until(() => matches.now.newMatch === null);
    const { swipe, match } = await matches.act((now) => now.swipe(people.ben.id, 'like'));
    expect([swipe.action, match]).toEqual(['like', null]);
    world.server.on('swipes.undoSwipe', () => refuse('ALREADY_MATCHED', { matchId: 'x' }));
    await expect(matches.now.undoSwipe()).rejects.toMatchObject({ code: 'ALREADY_MATCHED' });

    const id = String(matches.now.matches[0]?.id);
    const { passed, open } = gate();
    world.server.on('matches.unmatch', () =>
      passed.then(() => {
        throw hangUp;
      }),
    );
    const failed = matches.now.unmatch(id);
    await until(() => matches.now.matches.length === 0);
    open();
    await expect(failed).rejects.toMatchObject({ code: 'NETWORK_ERROR' });
    await until(() => matches.now.matches.length === 1);
    world.server.on('matches.unmatch', () => ({ done: true }));
    await matches.act((now) => now.unmatch(id));
    await until(() => matches.now.matches.length === 0);
  });
});
