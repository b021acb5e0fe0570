import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { createWorld, type Device, type World } from './world';

const hours = 24;
let world: World;
let ada: Device;
let ben: Device;
let matchId: string;

beforeAll(async () => {
  world = await createWorld({ settings: { matchExpiryHours: hours, accessTokenSeconds: 7 * 24 * 3600 } });
});
beforeEach(async () => {
  await world.database.db.execute(sql`truncate ${tables.users}, ${tables.jobs} cascade`);
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
  matchId = await world.match(ada, ben);
});
afterAll(() => world.close());

async function events(of: Device): Promise<string[]> {
  await world.platform.jobs.runDue();
  return (await world.heard(of)).map(({ event }) => event);
}

async function matchOf(person: Device, status: 'active' | 'ended' = 'active') {
  const { items } = await person.call('matches.matches', { status, limit: 10 });
  return items.find(({ id }) => id === matchId);
}

async function write(from: Device, to: Device): Promise<void> {
  const { id: conversationId } = await from.call('conversations.openDirect', { userId: to.userId });
  await from.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Hello' });
}

describe('a match in which nobody writes', () => {
  it('tells when it ends, warns when a quarter of its time is left, and ends', async () => {
    const expiresAt = new Date(world.clock.now.getTime() + hours * 3600_000).toISOString();
    expect(await matchOf(ada)).toMatchObject({ expiresAt, status: 'active' });
    world.clock.pass(hours * 3600 * 0.75 - 1);
    expect(await events(ada)).toEqual(['match:created']);
    world.clock.pass(1);
    expect(await events(ada)).toEqual(['match:created', 'match:timeout_warning']);
    expect((await world.heard(ben)).at(-1)).toMatchObject({ event: 'match:timeout_warning', data: { matchId, expiresAt } });
    world.clock.pass(hours * 3600 * 0.25 - 1);
    expect(await events(ada)).not.toContain('match:ended');
    world.clock.pass(1);
    expect(await events(ada)).toEqual(['match:created', 'match:timeout_warning', 'match:ended']);
    expect((await world.heard(ben)).at(-1)).toMatchObject({ data: { matchId, userId: ada.userId, reason: 'expired' } });
    expect(await matchOf(ada)).toBeUndefined();
    expect(await matchOf(ada, 'ended')).toMatchObject({ status: 'ended', endedAt: expiresAt });
  });

  it('closes the conversation that was opened for it', async () => {
    const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
    world.clock.pass(hours * 3600);
    expect(await events(ada)).toContain('match:ended');
    const text = { conversationId, clientId: crypto.randomUUID(), text: 'Too late' };
    expect(await ben.refusal('messages.send', text)).toMatchObject({ code: 'NOT_MATCHED' });
  });

  it('neither warns nor ends again once it was ended', async () => {
    await ada.call('matches.unmatch', { matchId });
    world.clock.pass(hours * 3600);
    expect(await events(ben)).toEqual(['match:created', 'match:ended']);
  });
});

describe('a match in which somebody wrote', () => {
  it('does not expire, and says so', async () => {
    await write(ben, ada);
    expect(await matchOf(ada)).toMatchObject({ expiresAt: null });
    world.clock.pass(hours * 3600);
    const heard = await events(ada);
    expect(heard).not.toContain('match:timeout_warning');
    expect(heard).not.toContain('match:ended');
    expect(await matchOf(ada)).toMatchObject({ status: 'active' });
  });

  it('does not expire either where messages were sent while expiry was switched off', async () => {
    const without = await createWorld({ database: world.database });
    without.clock.set(world.clock.now.toISOString());
    const phone = await without.signIn(ada);
    const { id: conversationId } = await phone.call('conversations.openDirect', { userId: ben.userId });
    await phone.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Hello' });
    await without.close();
    world.clock.pass(hours * 3600);
    expect(await events(ada)).not.toContain('match:ended');
  });

  it('expires where all of it was written in a match before', async () => {
    await write(ada, ben);
    await ben.call('matches.unmatch', { matchId });
    world.clock.pass(60);
    const { match } = await ben.call('swipes.swipe', { userId: ada.userId, action: 'like' });
    expect(match?.expiresAt).not.toBeNull();
    world.clock.pass(hours * 3600);
    expect((await events(ada)).slice(-1)).toEqual(['match:ended']);
  });
});
