import { type Endpoint, endpoint } from '@app/contracts';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { type Answer, type CallRequest, fail, type Handlers, implement, type Pipeline, pipeline, tables } from '../src';
import type { Device, World } from './world';

/** A tiny api of its own, whose handlers do what a test asks for. */
export const things = {
  open: endpoint({ method: 'GET', path: '/open', summary: 'Anyone.', access: 'public', output: z.object({ by: z.string() }) }),
  get: endpoint({
    method: 'GET',
    path: '/things/:thingId',
    summary: 'A thing.',
    access: 'user',
    params: { thingId: z.string() },
    query: { size: z.int().default(20), nested: z.strictObject({ deep: z.int() }).optional() },
    output: z.object({ id: z.string(), size: z.int() }),
  }),
  oversee: endpoint({
    method: 'GET',
    path: '/oversee',
    summary: 'For some.',
    access: 'reports:resolve',
    output: z.object({ ok: z.boolean() }),
  }),
  make: endpoint({
    method: 'POST',
    path: '/things',
    summary: 'Makes a thing.',
    access: 'user',
    body: { city: z.string(), ending: z.string().default('answer') },
    output: z.object({ city: z.string(), at: z.int() }),
    errors: ['USER_NOT_FOUND', 'NOT_MATCHED'],
    idempotency: 'key',
    transport: 'both',
  }),
  guess: endpoint({
    method: 'POST',
    path: '/guess',
    summary: 'Counts failures.',
    access: 'public',
    body: { name: z.string(), right: z.boolean() },
    output: z.object({ ok: z.boolean() }),
    errors: ['INVALID_CREDENTIALS'],
    limit: { max: 2, windowSeconds: 60, by: ['address', 'input.name'], counts: 'failures' },
  }),
  knock: endpoint({
    method: 'POST',
    path: '/knock',
    summary: 'Counts everything.',
    access: 'user',
    output: z.object({ ok: z.boolean() }),
    limit: { max: 2, windowSeconds: 60, by: ['user'] },
    transport: 'both',
  }),
  outside: endpoint({
    method: 'POST',
    path: '/outside',
    summary: 'Opens its transaction itself.',
    access: 'user',
    body: { city: z.string() },
    output: z.object({ city: z.string() }),
    errors: ['USER_NOT_FOUND'],
  }),
};

/** Counts how often `make` did its work. */
export const made = { times: 0 };

const handlers: Handlers<typeof things> = {
  open: ({ caller }) => ({ by: String(caller) }),
  get: (_context, { thingId, size }) => ({ id: thingId, size }),
  oversee: () => ({ ok: true }),
  async make({ db, caller, fail: refuse, emit, enqueue, afterCommit, newId, ...context }, { city, ending }) {
    made.times += 1;
    await db.update(tables.profiles).set({ city }).where(sql`${tables.profiles.userId} = ${caller.userId}`);
    const match = { matchId: newId(), userId: newId(), reason: 'expired' as const };
    emit('match:ended', caller.userId, match);
    emit('typing:started', caller.userId, { conversationId: newId(), userId: newId() });
    enqueue('calls.timeOut', { callId: newId() });
    afterCommit(() => afterCommits.push(city));
    if (ending === 'refuse') throw refuse('NOT_MATCHED');
    if (ending === 'refuse and keep') throw refuse.keeping('USER_NOT_FOUND');
    if (ending === 'break') throw new Error(`a secret: ${city}`);
    if (ending === 'break the query') await db.execute(sql`select ${city}::int`);
    if (ending === 'answer nonsense') return { city: 7 as unknown as string, at: 1 };
    return { city, at: context.now.getTime() % 1000 };
  },
  guess({ fail: refuse }, { right }) {
    if (!right) throw refuse('INVALID_CREDENTIALS');
    return { ok: true };
  },
  knock: () => ({ ok: true }),
  outside: {
    async outside({ transact, caller }, { city }) {
      return transact(async (work) => {
        await work.db.update(tables.profiles).set({ city }).where(sql`${tables.profiles.userId} = ${caller.userId}`);
        if (city === 'Nowhere') throw work.fail('USER_NOT_FOUND');
        return { city };
      });
    },
  },
};

/** What ran after a commit. */
export const afterCommits: string[] = [];

export interface MadeUp {
  readonly pipeline: Pipeline;
  call(name: keyof typeof things | string, input?: unknown, request?: Partial<CallRequest>): Promise<Answer>;
}

/** The made-up api behind the real pipeline; `device` is who calls. */
export function madeUp(world: World, device: Device, role: 'user' | 'support' | 'moderator' = 'user'): MadeUp {
  const caller = { userId: device.userId, sessionId: device.sessionId, role };
  const built = pipeline({
    groups: { things: implement<Record<keyof typeof things, Endpoint>>(things, handlers as never) },
    signals: {},
    kernel: world.platform.kernel,
    work: world.platform.work,
    authenticate: {
      byToken(token) {
        if (token !== 'token') throw fail('UNAUTHENTICATED');
        return caller;
      },
      bySession: () => caller,
      forget: () => undefined,
    },
  });
  return {
    pipeline: built,
    call: (name, input = {}, request) =>
      built.call({
        endpoint: `things.${name}`,
        input,
        way: 'http',
        token: 'token',
        origin: { requestId: 'request-1', address: '192.0.2.1' },
        ...request,
      }),
  };
}
