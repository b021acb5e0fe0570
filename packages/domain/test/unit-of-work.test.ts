import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BusMessage, userTopic, type Work } from '../src';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  ada = await world.join('Ada');
});
afterAll(() => world.close());

function conflict(code: string): Error {
  return new Error('the query failed', { cause: Object.assign(new Error('in the way'), { code }) });
}

function tell(work: Work): void {
  work.emit('match:timeout_warning', ada.userId, { matchId: work.newId(), expiresAt: work.now.toISOString() });
}

describe('a transaction', () => {
  it.each(['40001', '40P01'])('that gets in the way of another (%s) is run again, and told of once', async (code) => {
    const messages: BusMessage[] = [];
    const stop = world.ports.bus.subscribe(userTopic(ada.userId), (message) => messages.push(message));
    let runs = 0;
    const value = await world.platform.work.transact((work) => {
      runs += 1;
      tell(work);
      if (runs < 3) throw conflict(code);
      return runs;
    });
    stop();
    expect(value).toBe(3);
    expect(messages).toHaveLength(1);
    expect(await world.heard(ada)).toMatchObject([{ seq: 1 }]);
  });

  it('is not run for ever', async () => {
    let runs = 0;
    const task = world.platform.work.transact(() => {
      runs += 1;
      throw conflict('40001');
    });
    await expect(task).rejects.toThrow('the query failed');
    expect(runs).toBe(6);
  });

  it('that fails for another reason is run once', async () => {
    let runs = 0;
    const task = world.platform.work.transact(() => {
      runs += 1;
      throw conflict('23505');
    });
    await expect(task).rejects.toThrow('the query failed');
    expect(runs).toBe(1);
  });
});
