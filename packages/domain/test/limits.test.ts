import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localLimits, type Ports } from '../src';
import { type MadeUp, madeUp } from './made-up';
import { createWorld, type Device, type World } from './world';

/** Every key that was counted by, so that a test can see how long they get. */
const keys: string[] = [];
let limits: Ports['limits'];
let world: World;
let ada: Device;
let api: MadeUp;

beforeAll(async () => {
  world = await createWorld({
    settings: { defaultLimit: { max: 5, windowSeconds: 60, by: ['user'] } },
    ports: {
      limits: {
        take(key, ...rest) {
          keys.push(key);
          return limits.take(key, ...rest);
        },
        giveBack: (key) => limits.giveBack(key),
      },
    },
  });
});
beforeEach(async () => {
  limits = localLimits();
  ada = await world.join('Ada');
  api = madeUp(world, ada);
  limits = localLimits();
  keys.length = 0;
});
afterAll(() => world.close());

const limited = { ok: false, failure: { code: 'RATE_LIMITED', status: 429 } };

async function codes(calls: number, call: () => Promise<Awaited<ReturnType<MadeUp['call']>>>): Promise<string[]> {
  const answers: string[] = [];
  for (let one = 0; one < calls; one += 1) {
    const answer = await call();
    answers.push(answer.ok ? 'OK' : answer.failure.code);
  }
  return answers;
}

describe('the default limit', () => {
  it('counts all calls of a user together, whichever way they come', async () => {
    expect(await codes(4, () => api.call('get', { thingId: 'a' }))).toEqual(['OK', 'OK', 'OK', 'OK']);
    expect(await api.call('make', { city: 'Lisbon' }, { way: 'socket' })).toMatchObject({ ok: true });
    expect(await api.call('get', { thingId: 'a' })).toMatchObject(limited);
    const ben = await (async () => {
      const open = limits;
      limits = localLimits();
      const joined = await world.join('Ben');
      limits = open;
      return joined;
    })();
    expect(await madeUp(world, ben).call('get', { thingId: 'a' })).toMatchObject({ ok: true });
  });

  it('counts those who are not signed in by their address', async () => {
    const from = (address: string) => () => api.call('open', {}, { origin: { requestId: 'r', address } });
    expect(await codes(6, from('192.0.2.7'))).toEqual(['OK', 'OK', 'OK', 'OK', 'OK', 'RATE_LIMITED']);
    expect(await codes(1, from('192.0.2.8'))).toEqual(['OK']);
  });

  it('counts what is refused as well', async () => {
    expect((await codes(6, () => api.call('get', {}))).at(-1)).toBe('RATE_LIMITED');
  });
});

describe("an endpoint's limit", () => {
  it('holds beside the default one, and tells when to come again', async () => {
    expect(await codes(2, () => api.call('knock'))).toEqual(['OK', 'OK']);
    world.clock.pass(15.5);
    expect(await api.call('knock')).toMatchObject({ ...limited, failure: { details: { retryAfterSeconds: 45 } } });
    expect(await api.call('get', { thingId: 'a' })).toMatchObject({ ok: true });
    world.clock.pass(44.4);
    expect(await api.call('knock')).toMatchObject({ failure: { details: { retryAfterSeconds: 1 } } });
    world.clock.pass(0.2);
    expect(await api.call('knock')).toMatchObject({ ok: true });
  });

  const guess = (name: unknown, right: boolean, address = '192.0.2.1') =>
    api.call('guess', { name, right }, { origin: { requestId: 'r', address } });

  it('counts by what it names of the input, however that is written', async () => {
    await guess('Ada', false);
    await guess(' ADA ', false);
    expect(await guess('ada', true)).toMatchObject(limited);
    expect(await guess('ben', true)).toMatchObject({ ok: true });
    expect(await guess('ada', true, '192.0.2.9')).toMatchObject({ ok: true });
  });

  it('gives a success its place back where only failures count', async () => {
    expect(await codes(2, () => guess('ada', true))).toEqual(['OK', 'OK']);
    await guess('ada', false);
    expect(await guess('ada', true)).toMatchObject({ ok: true });
    await guess('ada', false);
    expect(await guess('ada', true)).toMatchObject(limited);
  });

  it('counts by little of what was sent, however much that is', async () => {
    await guess('x'.repeat(100_000), false);
    await guess({ not: 'a text' }, false);
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(400);
  });
});

describe('limits in one process', () => {
  it('forget windows that are over', () => {
    const local = localLimits();
    const at = (seconds: number) => new Date(seconds * 1000);
    for (let one = 0; one < 10_000; one += 1) local.take(`key-${one}`, 1, 10, at(0));
    expect(local.take('key-1', 1, 10, at(5))).toEqual({ allowed: false, retryAfterSeconds: 5 });
    expect(local.take('key-1', 1, 10, at(10))).toEqual({ allowed: true, retryAfterSeconds: 0 });
    // Nothing to take back is no fault.
    local.giveBack('never seen');
    local.giveBack('key-2');
    local.giveBack('key-2');
    expect(local.take('key-2', 1, 10, at(10))).toMatchObject({ allowed: true });
    expect(local.take('key-2', 1, 10, at(10))).toMatchObject({ allowed: false });
  });
});
