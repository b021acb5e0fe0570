import { randomUUID } from 'node:crypto';
import {
  type Call,
  type CallState,
  type Friend,
  type Match,
  type Message,
  maxSentFriendRequests,
  type ServerFrame,
  type Tokens,
} from '@app/contracts';
import { tables } from '@app/domain';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { call, codeOf, dataOf, type Reply } from '../rig/http';
import { logOf as writtenFor } from '../rig/log';
import { match, password, type Someone, say, signIn, signUp, talkingPair } from '../rig/people';
import { type EventFrame, isEvent, openSocket, type RawSocket } from '../rig/socket';

/** Many at once on a real PostgreSQL: over HTTP, and through a pool that is smaller than the crowd. */
let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('postgres', { env: { DATABASE_POOL_SIZE: '16' } });
});
afterAll(() => backend.close());

const at = <T>(length: number, make: (index: number) => Promise<T>) => Promise.all(Array.from({ length }, (_, index) => make(index)));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

const db = () => backend.platform.kernel.database.db;

/** Everything in someone's log. */
async function logOf(someone: Someone): Promise<EventFrame[]> {
  const items = await writtenFor(backend.platform, someone.id);
  expect(items.map(({ seq }) => seq)).toEqual(upTo(items.length));
  return items;
}

const named = (frames: readonly ServerFrame[], event: string) => frames.filter(isEvent).filter((frame) => frame.event === event);

describe('likes', () => {
  it('of fifty pairs, both at once, make one match each, and tell each of both once', { timeout: 60_000 }, async () => {
    const people = await at(100, (index) => signUp(backend.baseURL, { name: `Person ${index}` }));
    const pairs = upTo(50).map((index): [Someone, Someone] => [people[2 * index - 2] as Someone, people[2 * index - 1] as Someone]);
    const like = (from: Someone, to: Someone) => from.do<{ match: Match | null }>('swipes.swipe', { userId: to.id, action: 'like' });
    const results = await Promise.all(pairs.flatMap(([one, other]) => [like(one, other), like(other, one)]));

    for (const [index, [one, other]] of pairs.entries()) {
      const made = [results[2 * index]?.match, results[2 * index + 1]?.match].filter((found) => found !== null);
      // Whoever came second made it.
      expect(made).toHaveLength(1);
      for (const [me, them] of [
        [one, other],
        [other, one],
      ] as const) {
        const { items } = await me.do<{ items: Match[] }>('matches.matches');
        expect(items.map(({ id, person }) => [id, person.id])).toEqual([[made[0]?.id, them.id]]);
        expect(named(await logOf(me), 'match:created')).toMatchObject([{ data: { match: { id: made[0]?.id, person: { id: them.id } } } }]);
      }
    }
  });

  it('repeated ten times by each of two at once make one match', async () => {
    const [ada, ben] = await Promise.all([signUp(backend.baseURL), signUp(backend.baseURL)]);
    const codes = await at(20, async (index) => {
      const [me, them] = index % 2 === 0 ? [ada, ben] : [ben, ada];
      return codeOf(await me.call('swipes.swipe', { userId: them.id, action: 'like' }));
    });
    expect(tally(codes)).toEqual({ ok: 20 });
    expect((await ada.do<{ items: Match[] }>('matches.matches')).items).toHaveLength(1);
    expect(named(await logOf(ben), 'match:created')).toHaveLength(1);
  });

  it('that race with undoing leave a match for both or for neither', async () => {
    await at(15, async () => {
      const [ada, ben] = await Promise.all([signUp(backend.baseURL), signUp(backend.baseURL)]);
      await ada.do('swipes.swipe', { userId: ben.id, action: 'like' });
      const [undone, liked] = await Promise.all([
        ada.call('swipes.undoSwipe'),
        ben.call('swipes.swipe', { userId: ada.id, action: 'like' }),
      ]);
      const { match: made } = dataOf<{ match: Match | null }>(liked);
      expect(codeOf(undone)).toBe(made === null ? 'ok' : 'ALREADY_MATCHED');
      for (const one of [ada, ben]) expect((await one.do<{ items: Match[] }>('matches.matches')).items).toHaveLength(made === null ? 0 : 1);
    });
  });
});

describe('super likes', () => {
  it('twenty at once are no more than there are in a day, and the others change nothing', { timeout: 60_000 }, async () => {
    const ada = await signUp(backend.baseURL);
    const people = await at(20, () => signUp(backend.baseURL));
    const before = await ada.do<{ limit: number; left: number }>('swipes.superLikes');
    expect(before).toMatchObject({ limit: 5, left: 5 });
    const codes = await at(20, async (index) =>
      codeOf(await ada.call('swipes.swipe', { userId: people[index]?.id ?? '', action: 'super_like' })),
    );
    expect(tally(codes)).toEqual({ ok: 5, SUPER_LIKES_USED_UP: 15 });
    expect(await ada.do('swipes.superLikes')).toMatchObject({ left: 0 });
    const kept = await db().select().from(tables.swipes).where(eq(tables.swipes.swiperId, ada.id));
    expect(kept.map(({ targetId }) => targetId).sort()).toEqual(
      people.flatMap(({ id }, index) => (codes[index] === 'ok' ? [id] : [])).sort(),
    );
  });

  it('of one person, ten at once, take one from the day', { timeout: 60_000 }, async () => {
    const [ada, ben] = await Promise.all([signUp(backend.baseURL), signUp(backend.baseURL)]);
    const codes = await at(10, async () => codeOf(await ada.call('swipes.swipe', { userId: ben.id, action: 'super_like' })));
    expect(tally(codes)).toEqual({ ok: 10 });
    expect(await ada.do('swipes.superLikes')).toMatchObject({ left: 4 });
  });
});

describe('a swipe taken back', () => {
  it('several times at once goes back by the newest, and takes none back twice', { timeout: 60_000 }, async () => {
    const ada = await signUp(backend.baseURL);
    const people = await at(4, () => signUp(backend.baseURL));
    for (const { id } of people) await ada.do('swipes.swipe', { userId: id, action: 'pass' });
    const replies = await at(3, () => ada.call('swipes.undoSwipe'));
    const undone = replies
      .filter((reply) => codeOf(reply) === 'ok')
      .map((reply) => dataOf<{ swipe: { userId: string } }>(reply).swipe.userId);
    // Who comes too late to take back what they saw as the last is told so, instead of being taken farther than they meant.
    expect(replies.map(codeOf).filter((code) => code !== 'ok' && code !== 'NOTHING_TO_UNDO')).toEqual([]);
    const newest = people.map(({ id }) => id).reverse();
    expect(undone.length).toBeGreaterThan(0);
    expect(undone.sort()).toEqual(newest.slice(0, undone.length).sort());
    const kept = await db().select().from(tables.swipes).where(eq(tables.swipes.swiperId, ada.id));
    expect(kept.map(({ targetId }) => targetId).sort()).toEqual(newest.slice(undone.length).sort());
  });
});

describe('refreshes', () => {
  it('with one token, ten at once, agree on one pair', async () => {
    const ada = await signUp(backend.baseURL);
    const answers = await at(10, () => call(backend.baseURL, 'auth.refreshToken', { refreshToken: ada.refreshToken }));
    const pairs = answers.map((answer) => dataOf<{ tokens: Tokens }>(answer).tokens);
    expect(new Set(pairs.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    for (const { accessToken } of pairs) expect(codeOf(await call(backend.baseURL, 'users.me', {}, { token: accessToken }))).toBe('ok');
    const next = dataOf<{ tokens: Tokens }>(await call(backend.baseURL, 'auth.refreshToken', { refreshToken: pairs[0]?.refreshToken }));
    expect(next.tokens.refreshToken).not.toBe(pairs[0]?.refreshToken);
  });

  it('that race with a change of the password leave no other device signed in', { timeout: 40_000 }, async () => {
    const codes = await at(12, async () => {
      const ada = await signUp(backend.baseURL);
      const phone = await signIn(backend.baseURL, ada);
      const [refreshed, changed] = await Promise.all([
        call(backend.baseURL, 'auth.refreshToken', { refreshToken: phone.refreshToken }),
        ada.call('auth.changePassword', { currentPassword: password, newPassword: 'staple a better battery' }),
      ]);
      expect(dataOf(changed)).toEqual({ revoked: 1 });
      const code = codeOf(refreshed);
      if (code === 'ok') {
        // It came first; but what it was given is worth nothing any more.
        const { tokens } = dataOf<{ tokens: Tokens }>(refreshed);
        expect(codeOf(await call(backend.baseURL, 'users.me', {}, { token: tokens.accessToken }))).toBe('SESSION_REVOKED');
        expect(codeOf(await call(backend.baseURL, 'auth.refreshToken', { refreshToken: tokens.refreshToken }))).toBe(
          'REFRESH_TOKEN_INVALID',
        );
      }
      expect(codeOf(await phone.call('users.me'))).toBe('SESSION_REVOKED');
      expect(codeOf(await ada.call('users.me'))).toBe('ok');
      return code;
    });
    expect(
      codes.every((code) => ['ok', 'REFRESH_TOKEN_INVALID'].includes(code)),
      codes.join(),
    ).toBe(true);
  });

  it('and sign-ins that race with a change of the password leave nobody in who knows the old one only', { timeout: 40_000 }, async () => {
    await at(8, async () => {
      const ada = await signUp(backend.baseURL);
      const [signedIn] = await Promise.all([
        call(backend.baseURL, 'auth.login', { email: ada.email, password }),
        ada.do('auth.changePassword', { currentPassword: password, newPassword: 'staple a better battery' }),
      ]);
      if (codeOf(signedIn) === 'ok') {
        const { tokens } = dataOf<{ tokens: Tokens }>(signedIn);
        expect(codeOf(await call(backend.baseURL, 'users.me', {}, { token: tokens.accessToken }))).toBe('SESSION_REVOKED');
      } else expect(codeOf(signedIn)).toBe('INVALID_CREDENTIALS');
    });
  });

  it('of one password by two devices at once: one of them wins', async () => {
    const ada = await signUp(backend.baseURL);
    const phone = await signIn(backend.baseURL, ada);
    const news = ['staple a better battery', 'a horse of another colour'];
    const codes = await Promise.all(
      [ada, phone].map(async (device, index) =>
        codeOf(await device.call('auth.changePassword', { currentPassword: password, newPassword: news[index] })),
      ),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    const winner = news[codes.indexOf('ok')];
    for (const one of [password, ...news]) {
      expect(codeOf(await call(backend.baseURL, 'auth.login', { email: ada.email, password: one }))).toBe(
        one === winner ? 'ok' : 'INVALID_CREDENTIALS',
      );
    }
  });

  it('and registrations of one email, ten at once, make one account', async () => {
    const email = `${randomUUID()}@people.example`;
    const codes = await at(10, async () =>
      codeOf(
        await call(backend.baseURL, 'auth.register', { email, password, displayName: 'Ada', birthDate: '1996-04-23', gender: 'female' }),
      ),
    );
    expect(tally(codes)).toEqual({ ok: 1, EMAIL_TAKEN: 9 });
  });
});

describe('calls', () => {
  const eventOf: Readonly<Partial<Record<CallState, string>>> = {
    in_progress: 'call:answered',
    completed: 'call:ended',
    failed: 'call:ended',
    rejected: 'call:rejected',
    cancelled: 'call:missed',
  };

  it('that both sides accept, reject and end at once end in one state, and both hear one history', { timeout: 60_000 }, async () => {
    const { ada, ben } = await talkingPair(backend.baseURL);
    const seen = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      const { id: callId } = await ada.do<Call>('calls.start', { calleeId: ben.id, type: 'audio' });
      const acts: [string, Promise<Reply>][] = [
        ['accept', ben.call('calls.accept', { callId })],
        ['reject', ben.call('calls.reject', { callId })],
        ['end by callee', ben.call('calls.end', { callId })],
        ['end by caller', ada.call('calls.end', { callId })],
      ];
      // Nobody is always first.
      if (round % 2 === 1) acts.reverse();
      const done: string[] = [];
      for (const [act, reply] of acts) {
        const code = codeOf(await reply);
        expect(['ok', 'CALL_STATE_CONFLICT']).toContain(code);
        if (code === 'ok') done.push(act);
      }
      const [atAda, atBen] = await Promise.all([ada.do<Call>('calls.get', { callId }), ben.do<Call>('calls.get', { callId })]);
      expect(atBen).toEqual(atAda);
      const states = [];
      for (const one of [ada, ben]) {
        const changes = (await logOf(one)).filter(
          ({ event, data }) => event.startsWith('call:') && (data as { call: Call }).call.id === callId,
        );
        states.push(changes.map(({ event, data }) => [event, (data as { call: Call }).call.state]));
      }
      expect(states[1]).toEqual(states[0]);
      const [first, ...rest] = states[0] ?? [];
      expect(first).toEqual(['call:incoming', 'ringing']);
      for (const [event, state] of rest) expect(event).toBe(eventOf[state as CallState]);
      const path = rest.map(([, state]) => state);
      expect([['in_progress', 'completed'], ['rejected'], ['cancelled']]).toContainEqual(path);
      expect(path).toHaveLength(done.length);
      expect(atAda.state).toBe(path.at(-1));
      seen.add(path.join());
    }
    const live = await db()
      .select()
      .from(tables.callParticipants)
      .where(and(eq(tables.callParticipants.userId, ada.id), eq(tables.callParticipants.live, true)));
    expect(live).toEqual([]);
    expect(seen.size).toBeGreaterThan(0);
  });

  it('of two who call each other at once: one rings, the other is told so', { timeout: 40_000 }, async () => {
    await at(10, async () => {
      const { ada, ben } = await talkingPair(backend.baseURL);
      const replies = await Promise.all([
        ada.call('calls.start', { calleeId: ben.id, type: 'audio' }),
        ben.call('calls.start', { calleeId: ada.id, type: 'audio' }),
      ]);
      expect(tally(replies.map(codeOf))).toEqual({ ok: 1, ALREADY_IN_CALL: 1 });
      const rings = dataOf<Call>(replies.find((reply) => codeOf(reply) === 'ok') as Reply);
      expect(rings.state).toBe('ringing');
      expect(replies.find((reply) => codeOf(reply) !== 'ok')?.body).toMatchObject({ details: { callId: rings.id } });
    });
  });

  it('of many to one person at once: one rings, all others are busy, and nobody is in two', { timeout: 40_000 }, async () => {
    const ben = await signUp(backend.baseURL, { name: 'Ben' });
    const callers = await at(8, () => signUp(backend.baseURL));
    for (const caller of callers) await match(caller, ben);
    const states = await Promise.all(
      callers.map(async (caller) => (await caller.do<Call>('calls.start', { calleeId: ben.id, type: 'audio' })).state),
    );
    expect(tally(states)).toEqual({ ringing: 1, busy: 7 });
  });

  it('started ten times at once with one key ring once, and all are answered the same', async () => {
    const { ada, ben } = await talkingPair(backend.baseURL);
    const headers = { 'idempotency-key': randomUUID() };
    const started = await at(10, () => ada.do<Call>('calls.start', { calleeId: ben.id, type: 'audio' }, headers));
    expect(new Set(started.map((one) => JSON.stringify(one))).size).toBe(1);
    expect((await ben.do<{ items: Call[] }>('calls.history')).items).toHaveLength(1);
    expect(named(await logOf(ben), 'call:incoming')).toHaveLength(1);
  });

  it('that time out just when they are answered are one or the other', { timeout: 40_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ada, ben } = await talkingPair(backend.baseURL);
      const { id: callId } = await ada.do<Call>('calls.start', { calleeId: ben.id, type: 'audio' });
      const [accepted] = await Promise.all([ben.call('calls.accept', { callId }), backend.advance(46_000)]);
      const { state } = await ada.do<Call>('calls.get', { callId });
      expect([codeOf(accepted), state]).toEqual(codeOf(accepted) === 'ok' ? ['ok', 'in_progress'] : ['CALL_STATE_CONFLICT', 'missed']);
    }
  });
});

describe('friend requests', () => {
  const ask = (from: Someone, to: Someone) => from.call('friends.sendRequest', { userId: to.id });
  const friendsOf = async (someone: Someone) => (await someone.do<{ items: Friend[] }>('friends.list')).items;

  it('that cross make the two friends once, however often both are sent', { timeout: 60_000 }, async () => {
    await at(15, async () => {
      const [ada, ben] = await Promise.all([signUp(backend.baseURL), signUp(backend.baseURL)]);
      const codes = await at(6, (index) => (index % 2 === 0 ? ask(ada, ben) : ask(ben, ada)));
      expect(tally(codes.map(codeOf))).toEqual({ ok: 6 });
      for (const [one, other] of [
        [ada, ben],
        [ben, ada],
      ] as const) {
        expect((await friendsOf(one)).map(({ person }) => person.id)).toEqual([other.id]);
        for (const direction of ['sent', 'received'])
          expect((await one.do<{ items: unknown[] }>('friends.requests', { direction })).items).toEqual([]);
        expect(named(await logOf(one), 'friend:accepted')).toHaveLength(1);
      }
    });
  });

  it('that are accepted, declined and taken back at once come to one end, the same for both', { timeout: 60_000 }, async () => {
    await at(24, async (index) => {
      const [ada, ben] = await Promise.all([signUp(backend.baseURL), signUp(backend.baseURL)]);
      const requestId = dataOf<{ request: { id: string } }>(await ask(ada, ben)).request.id;
      const answers = [
        () => ben.call('friends.accept', { requestId }),
        () => ada.call('friends.cancel', { requestId }),
        () => ben.call('friends.decline', { requestId }),
      ];
      // Each of them is first in a third of the rounds.
      const turned = [...answers.slice(index % 3), ...answers.slice(0, index % 3)];
      const replies = await Promise.all(turned.map((answer) => answer()));
      const codes = replies.map(codeOf);
      for (const code of codes) expect(['ok', 'FRIEND_REQUEST_NOT_FOUND']).toContain(code);
      const accepted = codes[(3 - (index % 3)) % 3] === 'ok';
      for (const one of [ada, ben]) {
        expect(await friendsOf(one)).toHaveLength(accepted ? 1 : 0);
        expect(named(await logOf(one), 'friend:accepted')).toHaveLength(accepted ? 1 : 0);
      }
      expect((await ben.do<{ items: unknown[] }>('friends.requests')).items).toEqual([]);
      if (accepted) expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    });
  });

  it('that race with a block leave no friendship behind it', { timeout: 60_000 }, async () => {
    await at(20, async (index) => {
      const [ada, ben] = await Promise.all([signUp(backend.baseURL), signUp(backend.baseURL)]);
      if (index % 2 === 0) await ask(ben, ada);
      const [asked, blocked] = await Promise.all([ask(ada, ben), ben.call('blocks.block', { userId: ada.id })]);
      expect(['ok', 'USER_NOT_FOUND']).toContain(codeOf(asked));
      expect(['ok', 'USER_NOT_FOUND']).toContain(codeOf(blocked));
      expect(await db().select().from(tables.friends).where(eq(tables.friends.userId, ada.id))).toEqual([]);
      expect(await db().select().from(tables.friendRequests).where(eq(tables.friendRequests.fromId, ada.id))).toEqual([]);
    });
  });

  it('never outnumber what one may have waiting', { timeout: 60_000 }, async () => {
    const ada = await signUp(backend.baseURL);
    const others = await at(8, () => signUp(backend.baseURL));
    // As many as may wait but for three, to people who are not there to answer.
    const nobody = await at(maxSentFriendRequests - 3, async () => randomUUID());
    await db()
      .insert(tables.users)
      .values(nobody.map((id) => ({ id, createdAt: new Date() })));
    await db()
      .insert(tables.friendRequests)
      .values(nobody.map((toId) => ({ id: randomUUID(), fromId: ada.id, toId, createdAt: new Date() })));
    const replies = await Promise.all(others.map((other) => ask(ada, other)));
    expect(tally(replies.map(codeOf))).toEqual({ ok: 3, TOO_MANY_FRIEND_REQUESTS: 5 });
  });
});

describe('blocks', () => {
  it('that race with likes, calls and messages leave nothing between the two', { timeout: 60_000 }, async () => {
    /** A little later for each, so that some come in the middle of the block. */
    const later = async (someone: Someone, index: number, task: () => Promise<Reply>) => {
      for (let turn = 0; turn < index % 8; turn += 1) await someone.call('users.me');
      return task();
    };
    await at(40, async (index) => {
      const [eve, kim] = await Promise.all([signUp(backend.baseURL), signUp(backend.baseURL)]);
      await eve.do('swipes.swipe', { userId: kim.id, action: 'like' });
      const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
      const [blocked, liked, ended, rang, sent] = await Promise.all([
        eve.call('blocks.block', { userId: kim.id }),
        later(kim, index, () => kim.call('swipes.swipe', { userId: eve.id, action: 'like' })),
        ada.call('blocks.block', { userId: ben.id }),
        later(ben, index, () => ben.call('calls.start', { calleeId: ada.id, type: 'audio' })),
        later(ben, index, () => ben.call('messages.send', { conversationId, clientId: randomUUID(), text: 'Wait!' })),
      ]);
      expect([blocked, ended].map(codeOf)).toEqual(['ok', 'ok']);
      expect(['ok', 'USER_NOT_FOUND']).toContain(codeOf(liked));
      expect(['ok', 'USER_NOT_FOUND']).toContain(codeOf(rang));
      expect(['ok', 'CONVERSATION_NOT_FOUND']).toContain(codeOf(sent));
      for (const [one, other] of [
        [eve, kim],
        [ada, ben],
      ] as const) {
        const [userA = '', userB = ''] = [one.id, other.id].sort();
        const between = and(eq(tables.matches.userA, userA), eq(tables.matches.userB, userB), eq(tables.matches.status, 'active'));
        expect(await db().select().from(tables.matches).where(between)).toEqual([]);
        const live = await db()
          .select()
          .from(tables.callParticipants)
          .where(and(eq(tables.callParticipants.userId, other.id), eq(tables.callParticipants.live, true)));
        expect(live).toEqual([]);
      }
      expect(await db().select().from(tables.conversations).where(eq(tables.conversations.id, conversationId))).toMatchObject([
        { open: false },
      ]);
      // A call that rang before the block was heard to end.
      if (codeOf(rang) === 'ok') expect(named(await logOf(ben), 'call:rejected')).toHaveLength(1);
    });
  });
});

describe('messages', () => {
  /** The devices of both, each from the beginning of its log. */
  async function devicesOf(...people: readonly Someone[]): Promise<RawSocket[]> {
    return Promise.all(people.flatMap(({ token }) => [openSocket(backend.baseURL, token, 0), openSocket(backend.baseURL, token, 0)]));
  }

  it('sent a hundred at once have their places without gaps, and every device hears them in order', { timeout: 60_000 }, async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const devices = await devicesOf(ada, ben);
    const sent = await at(100, (index) => say(index % 2 === 0 ? ada : ben, conversationId, `message ${index}`));
    expect(sent.map(({ seq }) => seq).sort((one, other) => one - other)).toEqual(upTo(100));

    const { head } = await ada.do<{ head: number }>('realtime.resume', { since: 0 });
    for (const device of devices) {
      await device.next((frame) => isEvent(frame) && frame.seq === head);
      const heard = device.frames.filter(isEvent);
      expect(heard.map(({ seq }) => seq)).toEqual(upTo(head));
      const messages = named(heard, 'message:created').map(({ data }) => (data as { message: Message }).message);
      expect(messages.map(({ seq }) => seq)).toEqual(upTo(100));
      device.terminate();
    }
    const { items } = await ben.do<{ items: Message[] }>('messages.history', { conversationId, limit: 100 });
    expect(items.map(({ seq }) => seq)).toEqual(upTo(100).reverse());
    expect(await ben.do('conversations.get', { conversationId })).toMatchObject({ unreadCount: 50 });
  });

  it('with one client id, twenty at once, are one message', async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const [device] = await devicesOf(ben);
    const clientId = randomUUID();
    const sent = await at(20, () => say(ada, conversationId, 'Once', clientId));
    expect(new Set(sent.map((message) => JSON.stringify(message))).size).toBe(1);
    expect((await ben.do<{ items: Message[] }>('messages.history', { conversationId })).items).toEqual([sent[0]]);
    await say(ada, conversationId, 'Another');
    await device?.next((frame) => isEvent(frame) && JSON.stringify(frame).includes('Another'));
    expect(named(device?.frames ?? [], 'message:created')).toHaveLength(2);
    expect(await ben.do('conversations.get', { conversationId })).toMatchObject({ unreadCount: 2 });
  });

  it('that race with an unmatch are sent before it or refused, and none comes after', { timeout: 40_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ada, ben, matchId, conversationId } = await talkingPair(backend.baseURL);
      const sending = at(20, (index) =>
        (index % 2 === 0 ? ada : ben).call('messages.send', { conversationId, clientId: randomUUID(), text: `message ${index}` }),
      );
      const unmatching = ben.do('matches.unmatch', { matchId });
      const [replies] = await Promise.all([sending, unmatching]);
      const codes = tally(replies.map(codeOf));
      expect(
        Object.keys(codes).every((code) => ['ok', 'NOT_MATCHED'].includes(code)),
        JSON.stringify(codes),
      ).toBe(true);
      const { items } = await ada.do<{ items: Message[] }>('messages.history', { conversationId, limit: 100 });
      expect(items).toHaveLength(codes.ok ?? 0);
      for (const one of [ada, ben]) {
        const events = (await logOf(one)).map(({ event }) => event);
        expect(events.lastIndexOf('message:created')).toBeLessThan(events.indexOf('match:ended'));
      }
      expect(await ada.do('conversations.get', { conversationId })).toMatchObject({ open: false });
    }
  });

  it('cannot be sent where a conversation was opened just when the match ended', { timeout: 40_000 }, async () => {
    await at(12, async () => {
      const [ada, ben] = await Promise.all([signUp(backend.baseURL), signUp(backend.baseURL)]);
      const { id: matchId } = await match(ada, ben);
      const [opened] = await Promise.all([
        ada.call('conversations.openDirect', { userId: ben.id }),
        ben.do('matches.unmatch', { matchId }),
      ]);
      if (codeOf(opened) !== 'ok') return expect(codeOf(opened)).toBe('NOT_MATCHED');
      const { id: conversationId } = dataOf<{ id: string }>(opened);
      expect(codeOf(await ada.call('messages.send', { conversationId, clientId: randomUUID(), text: 'Hi' }))).toBe('NOT_MATCHED');
      expect(await ben.do('conversations.get', { conversationId })).toMatchObject({ open: false });
    });
  });

  it('edited, deleted and read all at once leave counts that are true', { timeout: 40_000 }, async () => {
    const { ada, ben, conversationId } = await talkingPair(backend.baseURL);
    const sent: Message[] = [];
    for (let index = 0; index < 12; index += 1) sent.push(await say(ada, conversationId, `message ${index}`));
    await Promise.all([
      ...sent.filter(({ seq }) => seq % 3 === 0).map(({ id: messageId }) => ada.do('messages.delete', { messageId })),
      ...sent.filter(({ seq }) => seq % 3 === 1).map(({ id: messageId }) => ada.do('messages.edit', { messageId, text: 'edited' })),
      ...[2, 5, 4, 3].map((seq) => ben.do('conversations.markRead', { conversationId, seq })),
      ...upTo(6).map((index) => say(ada, conversationId, `later ${index}`)),
    ]);
    const { items } = await ben.do<{ items: Message[] }>('messages.history', { conversationId, limit: 100 });
    const unread = items.filter(({ seq, deletedAt }) => seq > 5 && deletedAt === null).length;
    expect(await ben.do('conversations.get', { conversationId })).toMatchObject({
      unreadCount: unread,
      members: expect.arrayContaining([expect.objectContaining({ userId: ben.id, readSeq: 5 })]),
    });
    for (const one of [ada, ben]) await logOf(one);
  });

  it('in many conversations of the same people at once never wait for each other in a circle', { timeout: 60_000 }, async () => {
    const people = await at(6, () => signUp(backend.baseURL));
    const conversations: { id: string; one: Someone; other: Someone }[] = [];
    for (const [index, one] of people.entries()) {
      for (const other of people.slice(index + 1)) {
        await match(one, other);
        conversations.push({ one, other, ...(await one.do<{ id: string }>('conversations.openDirect', { userId: other.id })) });
      }
    }
    await Promise.all(
      conversations.flatMap(({ id, one, other }) => [
        say(one, id, 'a'),
        say(other, id, 'b'),
        say(one, id, 'c'),
        one.do('conversations.markRead', { conversationId: id, seq: 1 }),
        other.do('conversations.markRead', { conversationId: id, seq: 2 }),
      ]),
    );
    for (const one of people) expect(named(await logOf(one), 'message:created')).toHaveLength(15);
    const [deadlocks] = (await db().execute(sql`select deadlocks from pg_stat_database where datname = current_database()`)) as unknown as {
      deadlocks: string;
    }[];
    expect(Number(deadlocks?.deadlocks)).toBe(0);
  });
});
