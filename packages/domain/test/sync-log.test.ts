import { syncRetentionDays } from '@app/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;

beforeAll(async () => {
  world = await createWorld({ settings: { accessTokenSeconds: 90 * 24 * 3600, sessionSeconds: 90 * 24 * 3600 } });
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
});
afterAll(() => world.close());

const event = (n: number) => ({ matchId: world.platform.kernel.newId(), expiresAt: new Date(n * 1000).toISOString() });

/** Tells each of `to` of something, `count` times in one transaction. */
function tell(to: readonly Device[], count = 1, then?: () => void): Promise<void> {
  return world.platform.work.transact((unit) => {
    for (let n = 1; n <= count; n += 1)
      unit.emit(
        'match:timeout_warning',
        to.map(({ userId }) => userId),
        event(n),
      );
    then?.();
  });
}

const abort = () => {
  throw new Error('changed my mind');
};

async function seqs(of: Device): Promise<number[]> {
  return (await world.heard(of)).map(({ seq }) => seq);
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n + 1);
}

describe("a user's log", () => {
  it('has no gap, whatever is rolled back in between', async () => {
    await tell([ada], 2);
    await expect(tell([ada, ben], 3, abort)).rejects.toThrow('changed my mind');
    await tell([ada, ben]);
    await expect(tell([ada], 1, abort)).rejects.toThrow('changed my mind');
    await tell([ben, ada], 2);
    expect(await seqs(ada)).toEqual(upTo(5));
    expect(await seqs(ben)).toEqual(upTo(3));
  });

  it('has no gap where many write at once', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => tell(n % 2 === 0 ? [ada, ben] : [ben, ada], 2, n % 3 === 0 ? abort : undefined)),
    );
    const written = outcomes.filter(({ status }) => status === 'fulfilled').length * 2;
    expect(written).toBe(16);
    expect(await seqs(ada)).toEqual(upTo(written));
    expect(await seqs(ben)).toEqual(upTo(written));
  });

  it('keeps the order in which a transaction told things', async () => {
    await tell([ada, ben], 5);
    for (const person of [ada, ben]) {
      expect((await world.heard(person)).map(({ data }) => data.expiresAt)).toEqual(upTo(5).map((n) => event(n).expiresAt));
    }
  });

  it('keeps what an event declares, and nothing more', async () => {
    const secret = { ...event(1), secret: 'not for you' };
    await world.platform.work.transact((unit) => unit.emit('match:timeout_warning', ada.userId, secret));
    const [logged] = await world.heard(ada);
    expect(Object.keys(logged?.data ?? {}).sort()).toEqual(['expiresAt', 'matchId']);
  });

  it('does not take an event that does not fit its schema, and leaves nothing of its transaction', async () => {
    const wrong = { ...event(1), matchId: 'no id' };
    const task = world.platform.work.transact((unit) => {
      unit.emit('match:timeout_warning', ada.userId, event(1));
      unit.emit('match:timeout_warning', ada.userId, wrong);
    });
    await expect(task).rejects.toThrow('The event match:timeout_warning does not fit its schema');
    expect(await seqs(ada)).toEqual([]);
  });

  it('is written by work in a transaction only', async () => {
    const { work } = world.platform;
    await expect(work.read((unit) => unit.emit('match:timeout_warning', ada.userId, event(1)))).rejects.toThrow('is durable');
    await expect(work.read((unit) => unit.enqueue('maintenance.expire', {}))).rejects.toThrow('can only be enqueued');
    await expect(work.read((unit) => unit.emit('no:event' as never, ada.userId, {} as never))).rejects.toThrow('There is no event');
  });
});

describe('resume', () => {
  const resume = (since: number, limit = 200, who = ada) => who.call('realtime.resume', { since, limit });

  it('answers what came after a place, in order and in pages', async () => {
    await tell([ada], 5);
    await tell([ben], 1);
    const first = await resume(1, 2);
    expect(first).toEqual({
      items: (await world.heard(ada)).slice(1, 3),
      head: 5,
      reset: false,
    });
    expect((await resume(3, 2)).items.map(({ seq }) => seq)).toEqual([4, 5]);
    expect(await resume(5)).toEqual({ items: [], head: 5, reset: false });
    expect(await resume(0, 1, ben)).toMatchObject({ items: [{ seq: 1 }], head: 1 });
  });

  it('has a newcomer begin at nothing', async () => {
    expect(await resume(0)).toEqual({ items: [], head: 0, reset: false });
  });

  it('asks a device to load anew that knows of more than there is', async () => {
    await tell([ada], 2);
    expect(await resume(3)).toEqual({ items: [], head: 2, reset: true });
  });

  it('asks a device to load anew that was away for longer than the log goes back', async () => {
    await tell([ada], 2);
    world.clock.pass(syncRetentionDays * 24 * 3600 - 60);
    await tell([ada], 1);
    const expire = async () => {
      await world.platform.work.transact((unit) => unit.enqueue('maintenance.expire', {}));
      await world.platform.jobs.runDue();
    };
    await expire();
    expect(await resume(0)).toMatchObject({ items: [{ seq: 1 }, { seq: 2 }, { seq: 3 }], reset: false });
    world.clock.pass(120);
    await expire();
    expect(await resume(0)).toEqual({ items: [], head: 3, reset: true });
    expect(await resume(1)).toEqual({ items: [], head: 3, reset: true });
    expect(await resume(2)).toMatchObject({ items: [{ seq: 3 }], head: 3, reset: false });
    world.clock.pass(syncRetentionDays * 24 * 3600);
    await expire();
    expect(await resume(2)).toEqual({ items: [], head: 3, reset: true });
    expect(await resume(3)).toEqual({ items: [], head: 3, reset: false });
    await tell([ada], 1);
    expect(await resume(3)).toMatchObject({ items: [{ seq: 4 }], head: 4, reset: false });
  });
});

describe('what shows somebody who is hidden by now', () => {
  const goings: readonly [string, (ada: Device, ben: Device) => Promise<unknown>][] = [
    ['blocked', (ada, ben) => ada.call('blocks.block', { userId: ben.userId })],
    ['blocking', (ada, ben) => ben.call('blocks.block', { userId: ada.userId })],
    ['suspended', (_, ben) => world.setStanding(ben, { status: 'suspended' })],
    ['banned', (_, ben) => world.setStanding(ben, { status: 'banned' })],
    ['deleted', (_, ben) => ben.call('users.deleteMe', { password: ben.password })],
  ];

  it.each(goings)('is not told to a device that missed it: it loads everything anew. They are %s', async (_how, go) => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    await world.match(ada, ben);
    const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
    const { head: seen } = await ada.call('realtime.resume', { since: 0, limit: 500 });
    await ben.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'From Ben' });
    expect(await ada.call('realtime.resume', { since: seen, limit: 500 })).toMatchObject({ reset: false });
    await go(ada, ben);
    await world.platform.jobs.runDue();

    const missed = await ada.call('realtime.resume', { since: seen, limit: 1 });
    expect(missed).toMatchObject({ items: [], reset: true });
    const device = await ada.connect({ since: seen });
    await world.platform.settled();
    expect(JSON.stringify(device.frames)).not.toMatch(new RegExp(`From Ben|${ben.userId}`));
    // From there on it is told everything again.
    const { head } = missed;
    const kim = await world.join('Kim');
    await world.match(ada, kim);
    expect(await ada.call('realtime.resume', { since: head, limit: 500 })).toMatchObject({ reset: false });
    await world.unplug();
  });

  it('is told again once they are there again', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    await world.match(ada, ben);
    await world.setStanding(ben, { status: 'suspended' });
    expect(await ada.call('realtime.resume', { since: 0, limit: 500 })).toMatchObject({ reset: true });
    await world.setStanding(ben, { status: 'active' });
    expect(await ada.call('realtime.resume', { since: 0, limit: 500 })).toMatchObject({ reset: false });
  });
});
