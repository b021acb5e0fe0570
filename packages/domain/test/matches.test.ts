import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Device, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function pair(): Promise<[Device, Device]> {
  return [await world.join('Ada'), await world.join('Ben', { gender: 'male' })];
}

function swipe(from: Device, to: Device, action: 'like' | 'pass' | 'super_like' = 'like') {
  return from.call('swipes.swipe', { userId: to.userId, action });
}

async function names(of: Device): Promise<string[]> {
  return (await world.heard(of)).map(({ event }) => event);
}

async function activeMatches(of: Device): Promise<string[]> {
  return (await of.call('matches.matches', { status: 'active', limit: 100 })).items.map(({ id }) => id);
}

describe('swipe', () => {
  it('makes a match of two likes, of which both hear, each with the other in it', async () => {
    const [ada, ben] = await pair();
    expect(await swipe(ada, ben)).toEqual({
      swipe: { userId: ben.userId, action: 'like', createdAt: world.clock.now.toISOString() },
      match: null,
    });
    expect(await world.heard(ben)).toEqual([]);
    const { match } = await swipe(ben, ada, 'super_like');
    expect(match).toMatchObject({ person: { id: ada.userId, displayName: 'Ada' }, status: 'active', expiresAt: null, endedAt: null });
    expect(await world.heard(ada)).toMatchObject([
      { seq: 1, event: 'match:created', data: { match: { id: match?.id, person: { id: ben.userId } } } },
    ]);
    expect(await world.heard(ben)).toEqual([{ seq: expect.any(Number), event: 'match:created', data: { match } }]);
    expect(await activeMatches(ada)).toEqual([match?.id]);
    expect(await activeMatches(ben)).toEqual([match?.id]);
  });

  it('makes one match however the two race', async () => {
    const [ada, ben] = await pair();
    const answers = await Promise.all([swipe(ada, ben), swipe(ben, ada), swipe(ada, ben), swipe(ben, ada)]);
    expect(answers.some(({ match }) => match !== null)).toBe(true);
    expect(await activeMatches(ada)).toHaveLength(1);
    expect(await names(ada)).toEqual(['match:created']);
    expect(await names(ben)).toEqual(['match:created']);
  });

  it('may be repeated: the match it made is answered again', async () => {
    const [ada, ben] = await pair();
    await swipe(ben, ada);
    const first = await swipe(ada, ben);
    world.clock.pass(60);
    expect(await swipe(ada, ben)).toEqual(first);
    expect(await swipe(ben, ada)).toMatchObject({ match: { id: first.match?.id } });
    expect(await names(ada)).toEqual(['match:created']);
  });

  it('makes no match of a like and a pass, until the pass is replaced', async () => {
    const [ada, ben] = await pair();
    await swipe(ada, ben);
    expect(await swipe(ben, ada, 'pass')).toMatchObject({ match: null });
    expect(await activeMatches(ada)).toEqual([]);
    world.clock.pass(60);
    expect(await swipe(ben, ada)).toMatchObject({
      swipe: { createdAt: world.clock.now.toISOString() },
      match: { person: { id: ada.userId } },
    });
  });

  it('makes no match where the first to like has come to pass', async () => {
    const [ada, ben] = await pair();
    await swipe(ada, ben);
    await swipe(ada, ben, 'pass');
    expect(await swipe(ben, ada)).toMatchObject({ match: null });
  });

  it('cannot change the mind of someone who is matched', async () => {
    const [ada, ben] = await pair();
    const matchId = await world.match(ada, ben);
    expect(await ada.refusal('swipes.swipe', { userId: ben.userId, action: 'pass' })).toMatchObject({
      code: 'ALREADY_MATCHED',
      details: { matchId },
    });
    expect(await activeMatches(ben)).toEqual([matchId]);
  });

  it('is refused for oneself, and for people whom one may not see', async () => {
    const [ada, ben] = await pair();
    expect(await ada.refusal('swipes.swipe', { userId: ada.userId, action: 'like' })).toMatchObject({ code: 'CANNOT_TARGET_SELF' });
    await world.block(ben, ada);
    expect(await ada.refusal('swipes.swipe', { userId: ben.userId, action: 'like' })).toMatchObject({ code: 'USER_NOT_FOUND' });
    const nobody = '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10';
    expect(await ada.refusal('swipes.swipe', { userId: nobody, action: 'like' })).toMatchObject({ code: 'USER_NOT_FOUND' });
  });
});

describe('undoSwipe', () => {
  it('takes the last one back, so that it counts no more', async () => {
    const [ada, ben] = await pair();
    const clara = await world.join('Clara');
    await swipe(ada, ben);
    world.clock.pass(1);
    await swipe(ada, clara, 'pass');
    expect(await ada.call('swipes.undoSwipe', {})).toEqual({
      swipe: { userId: clara.userId, action: 'pass', createdAt: world.clock.now.toISOString() },
    });
    expect(await ada.call('swipes.undoSwipe', {})).toMatchObject({ swipe: { userId: ben.userId } });
    expect(await ada.refusal('swipes.undoSwipe')).toMatchObject({ code: 'NOTHING_TO_UNDO', status: 404 });
    expect(await swipe(ben, ada)).toMatchObject({ match: null });
  });

  it('does not undo a match', async () => {
    const [ada, ben] = await pair();
    const matchId = await world.match(ada, ben);
    expect(await ada.refusal('swipes.undoSwipe')).toMatchObject({ code: 'ALREADY_MATCHED', details: { matchId } });
    expect(await activeMatches(ben)).toEqual([matchId]);
  });
});

describe('unmatch', () => {
  it('ends it for both, closes their conversation, and both hear of it', async () => {
    const [ada, ben] = await pair();
    const matchId = await world.match(ada, ben);
    const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
    world.clock.pass(60);
    expect(await ben.call('matches.unmatch', { matchId })).toEqual({ done: true });
    expect(await activeMatches(ada)).toEqual([]);
    expect((await ada.call('matches.matches', { status: 'ended', limit: 10 })).items).toMatchObject([
      { id: matchId, status: 'ended', endedAt: world.clock.now.toISOString(), person: { id: ben.userId } },
    ]);
    expect(await ada.call('conversations.get', { conversationId })).toMatchObject({ open: false });
    expect((await world.heard(ada)).slice(-2)).toMatchObject([
      { event: 'conversation:updated', data: { conversation: { id: conversationId, open: false, person: { id: ben.userId } } } },
      { event: 'match:ended', data: { matchId, userId: ben.userId, reason: 'unmatched' } },
    ]);
    expect((await world.heard(ben)).slice(-2)).toMatchObject([
      { event: 'conversation:updated', data: { conversation: { open: false, person: { id: ada.userId } } } },
      { event: 'match:ended', data: { matchId, userId: ada.userId, reason: 'unmatched' } },
    ]);
  });

  it('happens once, however often and by whom it is asked for', async () => {
    const [ada, ben] = await pair();
    const matchId = await world.match(ada, ben);
    const unmatch = (who: Device) => who.call('matches.unmatch', { matchId });
    expect(await Promise.all([unmatch(ada), unmatch(ben), unmatch(ada)])).toEqual([{ done: true }, { done: true }, { done: true }]);
    expect(await names(ada)).toEqual(['match:created', 'match:ended']);
  });

  it("does not find other people's matches", async () => {
    const [ada, ben] = await pair();
    const clara = await world.join('Clara');
    const matchId = await world.match(ada, ben);
    expect(await clara.refusal('matches.unmatch', { matchId })).toMatchObject({ code: 'MATCH_NOT_FOUND' });
    const nothing = '019bbdac-18b8-7e91-8f3c-6a05b7d2c148';
    expect(await ada.refusal('matches.unmatch', { matchId: nothing })).toMatchObject({ code: 'MATCH_NOT_FOUND' });
    expect(await activeMatches(ada)).toEqual([matchId]);
  });

  it.each(['like', 'super_like'] as const)('leaves the other one no way back by themselves: %s', async (action) => {
    const [ada, ben] = await pair();
    const matchId = await world.match(ada, ben);
    await ada.call('matches.unmatch', { matchId });
    await swipe(ben, ada, 'pass');
    expect(await swipe(ben, ada, action)).toMatchObject({ match: null });
    expect(await activeMatches(ben)).toEqual([]);
  });

  it('can be thought better of: a new like makes a new match and opens the conversation again', async () => {
    const [ada, ben] = await pair();
    const first = await world.match(ada, ben);
    const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
    await ada.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Hello' });
    await ada.call('matches.unmatch', { matchId: first });
    const { match } = await swipe(ada, ben);
    expect(match).toMatchObject({ status: 'active' });
    expect(match?.id).not.toBe(first);
    expect(await ben.call('conversations.get', { conversationId })).toMatchObject({ open: true, lastMessage: { text: 'Hello' } });
    expect((await world.heard(ben)).slice(-2)).toMatchObject([
      { event: 'conversation:updated', data: { conversation: { id: conversationId, open: true } } },
      { event: 'match:created', data: { match: { id: match?.id } } },
    ]);
    expect(await ben.call('conversations.openDirect', { userId: ada.userId })).toMatchObject({ id: conversationId, open: true });
    // A late repeat of the first unmatch changes nothing any more.
    await ada.call('matches.unmatch', { matchId: first });
    expect(await activeMatches(ben)).toEqual([match?.id]);
    expect(await ben.call('conversations.get', { conversationId })).toMatchObject({ open: true });
    expect(await swipe(ada, ben)).toMatchObject({ match: { id: match?.id } });
  });
});

describe('matches', () => {
  it('come in pages, the newest first, whichever side of the pair one is', async () => {
    const ada = await world.join('Ada');
    const ids: string[] = [];
    for (let one = 0; one < 5; one += 1) {
      const other = await world.join('Other');
      ids.unshift(await (one % 2 === 0 ? world.match(ada, other) : world.match(other, ada)));
    }
    // Somebody who joined before her makes the other half of the pairs.
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { id: string }[]; nextCursor: string | null } = await ada.call('matches.matches', {
        status: 'active',
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(found).toEqual(ids);
  });

  it('hold both halves of the pairs', async () => {
    const [early, ada, late] = [await world.join('Early'), await world.join('Ada'), await world.join('Late')];
    const ids = [await world.match(ada, early), await world.match(ada, late)];
    expect(await activeMatches(ada)).toEqual(ids.reverse());
  });

  it('leave out people whom one may not see', async () => {
    const [ada, ben] = await pair();
    const [clara, dora] = [await world.join('Clara'), await world.join('Dora')];
    await world.match(ada, ben);
    await world.match(ada, clara);
    const kept = await world.match(ada, dora);
    await world.block(ben, ada);
    await world.setStanding(clara, { status: 'deleted' });
    expect(await activeMatches(ada)).toEqual([kept]);
  });

  it.each(['garbage', 'WyJtYXRjaGVzIiwiYSJd', 'WyJjYWxscyIsIjAxOWE0M2Q3LTI2YzgtN2EzZS05YzQxLTViOGYyZTZkN2ExMCJd'])(
    'refuse a cursor that is not theirs: %s',
    async (cursor) => {
      const ada = await world.join('Ada');
      expect(await ada.refusal('matches.matches', { cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
    },
  );
});
