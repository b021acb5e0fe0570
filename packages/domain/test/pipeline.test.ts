import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BusMessage, implement, type Pipeline, pipeline, tables, userTopic } from '../src';
import { afterCommits, type MadeUp, made, madeUp, things } from './made-up';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let api: MadeUp;

beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  ada = await world.join('Ada');
  api = madeUp(world, ada);
  made.times = 0;
  afterCommits.length = 0;
  world.log.length = 0;
});
afterAll(() => world.close());

async function cityOf({ userId }: Device): Promise<string | null | undefined> {
  const [profile] = await world.database.db.select().from(tables.profiles).where(eq(tables.profiles.userId, userId));
  return profile?.city;
}

async function jobCount(): Promise<number> {
  return (await world.database.db.select().from(tables.jobs)).length;
}

/** What everyone is told of Ada while `task` runs. */
async function told(task: () => Promise<unknown>): Promise<BusMessage[]> {
  const messages: BusMessage[] = [];
  const stop = world.ports.bus.subscribe(userTopic(ada.userId), (message) => messages.push(message));
  await task();
  stop();
  return messages;
}

describe('a call', () => {
  it('is refused where there is no such endpoint', async () => {
    for (const endpoint of ['things.none', 'nothing.get', 'get', '', '__proto__', 'things.constructor']) {
      expect(await api.call('', {}, { endpoint })).toMatchObject({ ok: false, failure: { code: 'UNKNOWN_ENDPOINT', status: 404 } });
    }
  });

  it('goes over the socket only where the endpoint says so', async () => {
    expect(await api.call('get', { thingId: 'a' }, { way: 'socket' })).toMatchObject({ failure: { code: 'NOT_OVER_SOCKET' } });
    expect(await api.call('knock', {}, { way: 'socket' })).toMatchObject({ ok: true });
  });

  it('asks who calls before anything else of the call is looked at', async () => {
    expect(await api.call('get', { nonsense: true }, { token: undefined })).toMatchObject({ failure: { code: 'UNAUTHENTICATED' } });
  });

  it('asks nobody who they are where anyone may call', async () => {
    expect(await api.call('open', {}, { token: undefined })).toMatchObject({ ok: true, data: { by: 'undefined' }, caller: undefined });
  });

  it('needs the permission that the endpoint names, before its input is looked at', async () => {
    expect(await api.call('oversee', { nonsense: true })).toMatchObject({ failure: { code: 'FORBIDDEN', status: 403 } });
    expect(await madeUp(world, ada, 'support').call('oversee')).toMatchObject({ failure: { code: 'FORBIDDEN' } });
    expect(await madeUp(world, ada, 'moderator').call('oversee')).toMatchObject({ ok: true, data: { ok: true } });
  });

  it('bears the request id in its refusal', async () => {
    const answer = await api.call('none', {}, { origin: { requestId: 'request-77', address: '192.0.2.1' } });
    expect(answer).toEqual({
      ok: false,
      failure: { status: 404, code: 'UNKNOWN_ENDPOINT', message: 'There is no such endpoint.', requestId: 'request-77' },
    });
  });

  it('cannot be built where an endpoint has no handler', () => {
    const { knock } = things;
    const parts = { kernel: world.platform.kernel, work: world.platform.work, signals: {}, authenticate: {} as never };
    expect((): Pipeline => pipeline({ ...parts, groups: { things: implement({ knock }, {} as never) } })).toThrow('things.knock');
  });
});

describe('input', () => {
  it('is parsed, with what was left out filled in', async () => {
    expect(await api.call('get', { thingId: 'a' })).toMatchObject({ data: { id: 'a', size: 20 } });
  });

  it('is refused with every fault and where it stands', async () => {
    expect(await api.call('get', { thingId: 7, size: 'large', other: 1, nested: { deep: 'x', extra: 1 } })).toMatchObject({
      failure: {
        code: 'VALIDATION_FAILED',
        status: 400,
        details: {
          issues: expect.arrayContaining([
            { path: 'thingId', code: 'invalid_type', message: expect.any(String) },
            { path: 'size', code: 'invalid_type', message: expect.any(String) },
            { path: 'nested.deep', code: 'invalid_type', message: expect.any(String) },
            { path: 'nested.extra', code: 'unrecognized_keys', message: 'There is no such field' },
            { path: 'other', code: 'unrecognized_keys', message: 'There is no such field' },
          ]),
        },
      },
    });
  });

  it('is refused with so many faults at most, however many there are', async () => {
    const input = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`field${n}`, n]));
    const answer = await api.call('get', input);
    expect(answer).toMatchObject({ failure: { code: 'VALIDATION_FAILED' } });
    expect(JSON.stringify(answer).length).toBeLessThan(20_000);
  });

  it.each([null, undefined, 7, 'text', []])('is refused where it is no object: %j', async (input) => {
    expect(await api.call('get', 0, { input })).toMatchObject({ failure: { code: 'VALIDATION_FAILED' } });
  });

  it('is refused with what its carrier could not bring in', async () => {
    const refused = [{ path: 'x', message: 'There is no such field', code: 'unrecognized_keys' }];
    expect(await api.call('get', { thingId: 'a' }, { refused })).toMatchObject({ failure: { details: { issues: refused } } });
    expect(await api.call('get', { thingId: 'a' }, { refused: [] })).toMatchObject({ ok: true });
  });
});

describe('a handler', () => {
  it('has its work, its events and its jobs leave together once it commits', async () => {
    const jobs = await jobCount();
    const messages = await told(() => api.call('make', { city: 'Lisbon' }));
    expect(await cityOf(ada)).toBe('Lisbon');
    expect(await jobCount()).toBe(jobs + 1);
    expect(await world.heard(ada)).toMatchObject([{ seq: 1, event: 'match:ended' }]);
    expect(messages).toEqual([
      { kind: 'frame', seq: 1, text: expect.stringMatching(/^\{"seq":1,"event":"match:ended","data":\{/) },
      { kind: 'frame', seq: null, text: expect.stringMatching(/^\{"event":"typing:started"/) },
    ]);
    expect(afterCommits).toEqual(['Lisbon']);
  });

  it.each(['refuse', 'break', 'break the query', 'answer nonsense'])('leaves nothing behind when it ends with: %s', async (ending) => {
    const jobs = await jobCount();
    const messages = await told(() => api.call('make', { city: 'Porto', ending }));
    expect(await cityOf(ada)).toBeNull();
    expect(await jobCount()).toBe(jobs);
    expect(await world.heard(ada)).toEqual([]);
    expect(messages).toEqual([]);
    expect(afterCommits).toEqual([]);
  });

  it('keeps what it did when its refusal must leave a mark', async () => {
    const messages = await told(async () => {
      expect(await api.call('make', { city: 'Faro', ending: 'refuse and keep' })).toMatchObject({ failure: { code: 'USER_NOT_FOUND' } });
    });
    expect(await cityOf(ada)).toBe('Faro');
    expect(await world.heard(ada)).toHaveLength(1);
    expect(messages).toHaveLength(2);
    expect(afterCommits).toEqual(['Faro']);
  });

  it('may open its transaction itself, which rolls back as any other', async () => {
    expect(await api.call('outside', { city: 'Braga' })).toMatchObject({ ok: true, data: { city: 'Braga' } });
    expect(await api.call('outside', { city: 'Nowhere' })).toMatchObject({ failure: { code: 'USER_NOT_FOUND' } });
    expect(await cityOf(ada)).toBe('Braga');
  });

  it('tells nothing of what broke, and logs it without what the query was given', async () => {
    const secret = 'between-you-and-me';
    for (const ending of ['break', 'break the query']) {
      const answer = await api.call('make', { city: secret, ending });
      expect(answer).toEqual({
        ok: false,
        failure: { status: 500, code: 'INTERNAL', message: 'Something went wrong on our side.', requestId: 'request-1' },
      });
    }
    const [, ofQuery] = world.log.filter(({ level }) => level === 'error').map(({ fields }) => fields.err as Error & { query?: string });
    expect(ofQuery?.query).toBe('select $1::int');
    expect(ofQuery?.stack).toContain('made-up.ts');
    const written = JSON.stringify([ofQuery?.message, ofQuery?.stack, Object.entries(ofQuery ?? {}), ofQuery?.cause]);
    expect(written).toContain('invalid input syntax');
    expect(written).not.toContain(secret);
  });

  it('refuses text that cannot be stored as the caller’s fault', async () => {
    expect(await api.call('make', { city: 'a\u0000b' })).toMatchObject({ failure: { code: 'VALIDATION_FAILED', status: 400 } });
    expect(world.log).toEqual([]);
  });

  it('answers that the service is unavailable when the database is', async () => {
    const gone = Object.assign(new Error('terminating connection'), { code: '57P01' });
    const failing = madeUp(
      { ...world, platform: { ...world.platform, work: { ...world.platform.work, transact: () => Promise.reject(gone) } } },
      ada,
    );
    expect(await failing.call('make', { city: 'Evora' })).toMatchObject({ failure: { code: 'UNAVAILABLE', status: 503 } });
  });

  it('is committed though somebody fails to listen', async () => {
    const broken = {
      ...world.ports.bus,
      publish: () => {
        throw new Error('the bus is down');
      },
    };
    const other = await createWorld({ database: world.database, ports: { bus: broken } });
    expect(await madeUp(other, ada).call('make', { city: 'Tomar' })).toMatchObject({ ok: true });
    expect(afterCommits).toEqual(['Tomar']);
    expect(other.log.filter(({ level }) => level === 'error')).toHaveLength(2);
    await other.close();
  });
});

describe('an answer', () => {
  it('that does not fit its schema does not leave', async () => {
    expect(await api.call('make', { city: 'Beja', ending: 'answer nonsense' })).toMatchObject({ failure: { code: 'INTERNAL' } });
    expect(world.log).toMatchObject([
      { level: 'error', fields: { err: { message: expect.stringContaining('The answer of things.make') } } },
    ]);
  });
});

describe('an idempotency key', () => {
  const make = (key: string, city = 'Lisbon', ending = 'answer') => api.call('make', { city, ending }, { idempotencyKey: key });

  it('answers a repeat as the first, and does nothing', async () => {
    const first = await make('key-1');
    world.clock.pass(0.5);
    expect(await make('key-1')).toEqual(first);
    expect(made.times).toBe(1);
    expect(await world.heard(ada)).toHaveLength(1);
  });

  it('answers many at once alike, and does the work once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => make('key-1')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(made.times).toBe(1);
  });

  it('is refused for another input, and for another endpoint', async () => {
    await make('key-1');
    expect(await make('key-1', 'Porto')).toMatchObject({ failure: { code: 'IDEMPOTENCY_KEY_REUSED', status: 409 } });
    expect(await cityOf(ada)).toBe('Lisbon');
    await world.database.db.update(tables.idempotencyKeys).set({ endpoint: 'things.other' });
    expect(await make('key-1')).toMatchObject({ failure: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('belongs to one caller', async () => {
    await make('key-1');
    const ben = await world.join('Ben');
    expect(await madeUp(world, ben).call('make', { city: 'Porto' }, { idempotencyKey: 'key-1' })).toMatchObject({
      data: { city: 'Porto' },
    });
  });

  it.each(['refuse', 'break', 'refuse and keep'])('is free again after a call that ended with: %s', async (ending) => {
    expect(await make('key-1', 'Lisbon', ending)).toMatchObject({ ok: false });
    expect(await make('key-1')).toMatchObject({ ok: true });
  });

  it('is forgotten after a day', async () => {
    await make('key-1');
    world.clock.pass(24 * 3600 + 1);
    await world.platform.work.transact(async (unit) => unit.enqueue('maintenance.expire', {}));
    await world.platform.jobs.runDue();
    expect(await make('key-1', 'Porto')).toMatchObject({ ok: true });
  });

  it('is not needed', async () => {
    await api.call('make', { city: 'Lisbon' });
    await api.call('make', { city: 'Lisbon' });
    expect(made.times).toBe(2);
  });
});
