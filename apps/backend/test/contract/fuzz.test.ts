import {
  type EndpointId,
  type ErrorCode,
  type ErrorDefinition,
  endpoints,
  errors,
  events,
  Failure,
  failureCodes,
  maxFrameBytes,
  ServerFrame,
  type Signal,
  type SignalName,
  signalFailureCodes,
} from '@app/contracts';
import { accountsTopic, tables } from '@app/domain';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { placed, type Reply, send } from '../rig/http';
import { type Json, mutation, noise } from '../rig/mutations';
import { type Someone, signIn, signUp } from '../rig/people';
import { connect, openSocket, type RawSocket, type SocketAnswer } from '../rig/socket';
import { inputFor, makeThings, signalFor, type Things } from '../rig/things';

/** `FUZZ_SEED` and `FUZZ_RUNS` look elsewhere and longer; a failure prints the seed and the path to it. */
const seed = Number(process.env.FUZZ_SEED ?? 20_260_115);
const numRuns = Number(process.env.FUZZ_RUNS ?? 8);
const settings = { seed, numRuns, endOnFailure: true, includeErrorInReport: true };

const ids = Object.keys(endpoints) as EndpointId[];
const overHttp = ids.filter((id) => endpoints[id].transport !== 'socket');
const overSocket = ids.filter((id) => endpoints[id].transport === 'both');
const signals = (Object.keys(events) as (keyof typeof events)[]).filter((name): name is SignalName => events[name].signal !== undefined);

let backend: TestBackend;
let things: Things;
/** What is done to others by those who may is done to these, so that the rest is not suspended under way. */
let overseen: Things;
let mona: Someone;
beforeAll(async () => {
  backend = await startTestBackend('postgres');
  [things, overseen, mona] = await Promise.all([
    makeThings(backend.baseURL, { withCall: true, withGroup: true }),
    makeThings(backend.baseURL),
    signUp(backend.baseURL, { name: 'Mona' }),
  ]);
  const { database, ports } = backend.platform.kernel;
  await database.db.update(tables.users).set({ role: 'owner' }).where(eq(tables.users.id, mona.id));
  ports.bus.publish(accountsTopic, { kind: 'account', userId: mona.id });
});
afterAll(() => backend.close());

const overseeing = (id: EndpointId) => !['public', 'user'].includes(endpoints[id].access);

/** Calls that may sign the caller out, delete them, or change their password, are made by people of their own. */
function callerOf(id: EndpointId): Promise<Someone> | Someone {
  if (overseeing(id)) return mona;
  if (id === 'auth.revokeSession') return signIn(backend.baseURL, things.ada);
  const isOfTheirOwn = id === 'users.deleteMe' || (id.startsWith('auth.') && endpoints[id].access !== 'public');
  return isOfTheirOwn ? signUp(backend.baseURL) : things.ada;
}

function checkFailure(failure: unknown, allowed: readonly ErrorCode[]): void {
  const { code, status, details } = Failure.parse(failure);
  expect(allowed).toContain(code);
  expect(code).not.toBe('INTERNAL');
  const definition: ErrorDefinition = errors[code];
  expect(status).toBe(definition.status);
  if (definition.details === undefined) expect(details).toBeUndefined();
  else z.parse(definition.details, details);
}

/** The answer fits its schema, and bears nothing beside it. */
function checkData(id: EndpointId, data: unknown): void {
  expect(data).toEqual(z.parse(endpoints[id].output, data));
}

function checkReply(id: EndpointId, reply: Reply, alsoAllowed: readonly ErrorCode[] = []): void {
  expect(reply.headers.get('content-type'), reply.text).toBe('application/json; charset=utf-8');
  const envelope = reply.body as { success: boolean; data?: unknown; status?: number };
  if (envelope.success) {
    expect(reply.status).toBe(200);
    expect(Object.keys(envelope).sort()).toEqual(['data', 'success']);
    checkData(id, envelope.data);
  } else {
    expect(reply.status).toBe(envelope.status);
    checkFailure(envelope, [...failureCodes(endpoints[id], 'http'), ...alsoAllowed]);
  }
}

function checkAnswer(answer: SocketAnswer, allowed: readonly ErrorCode[], id?: EndpointId): void {
  if (!answer.ok) checkFailure(answer.error, allowed);
  else if (id !== undefined) checkData(id, answer.data);
}

const isFields = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A frame larger than is taken closes the socket; that is proved elsewhere. */
const isTooLarge = (input: Json | undefined) => Buffer.byteLength(JSON.stringify(input) ?? '') > maxFrameBytes - 1024;

/** Sends whatever became of the input. A part that names a path of its own may lead to another endpoint, or to none. */
async function sendMutated(id: EndpointId, by: Someone, whole: Json | undefined): Promise<{ reply: Reply; strayed: boolean }> {
  const { method, places } = endpoints[id];
  const fields = isFields(whole) ? whole : {};
  const { path, json } = placed(id, fields);
  const leadsAway = places.params.some((name) =>
    ['', '.', '..', 'ice-servers', 'me', 'direct', 'last'].some((one) => fields[name] === one),
  );
  // Node itself refuses a path that is longer than all headers may be.
  const strayed = leadsAway || path.length > 12_000;
  const body = isFields(whole) || whole === undefined || method === 'GET' ? json : whole;
  return {
    strayed,
    reply: await send(method, `${backend.baseURL}${path}`, { token: by.token, json: method === 'GET' ? undefined : body }),
  };
}

describe(`input near what is right, seed ${seed}`, () => {
  it.each(overHttp)('is answered by %s as it says, over HTTP', { timeout: 60_000 + numRuns * 200 }, async (id) => {
    await fc.assert(
      fc.asyncProperty(mutation, async (change) => {
        const by = await callerOf(id);
        const about = overseeing(id) ? overseen : things;
        const input = change.apply(inputFor(id, about, by, about.ben) as Json);
        const { reply, strayed } = await sendMutated(id, by, input);
        if (strayed)
          expect([reply.status < 500, reply.body], reply.text).toEqual([true, expect.objectContaining({ success: expect.any(Boolean) })]);
        else checkReply(id, reply);
      }),
      settings,
    );
  });

  it.each(overSocket)('is answered by %s as it says, over the socket', { timeout: 60_000 + numRuns * 200 }, async (id) => {
    const socket = await openSocket(backend.baseURL, things.ada.token);
    const allowed = failureCodes(endpoints[id], 'socket');
    await fc.assert(
      fc.asyncProperty(mutation, async (change) => {
        const input = change.apply(inputFor(id, things, things.ada, things.ben) as Json);
        if (isTooLarge(input)) return;
        checkAnswer(await socket.call(id, input), allowed, id);
      }),
      settings,
    );
    await socket.close();
  });

  it.each(signals)('is answered by the signal %s as it says', { timeout: 60_000 + numRuns * 200 }, async (name) => {
    const [socket, heard] = await Promise.all([
      openSocket(backend.baseURL, things.ada.token),
      openSocket(backend.baseURL, things.ben.token),
    ]);
    const { signal, data }: { signal: Signal | undefined; data: z.core.$ZodType } = events[name];
    await fc.assert(
      fc.asyncProperty(mutation, async (change) => {
        const input = change.apply(signalFor(name, things, things.ada, things.ben) as Json);
        if (isTooLarge(input)) return;
        checkAnswer(await socket.emit(name, input), signal === undefined ? [] : signalFailureCodes(signal));
      }),
      settings,
    );
    await Promise.all([socket.close(), heard.close()]);
    for (const frame of heard.frames) {
      ServerFrame.parse(frame);
      if ('event' in frame && frame.event === name) expect(frame.data).toEqual(z.parse(data, frame.data));
    }
  });

  it('opens no socket that it should not', { timeout: 60_000 + numRuns * 200 }, async () => {
    await fc.assert(
      fc.asyncProperty(mutation, async (change) => {
        const input = change.apply({ token: things.ada.token, since: 0 });
        if (isTooLarge(input)) return;
        const socket = await connect(backend.baseURL);
        const answer = await socket.call('realtime.open', input);
        checkAnswer(answer, failureCodes(endpoints['realtime.open'], 'socket'), 'realtime.open');
        if (answer.ok) await socket.close();
        else expect((await socket.closed).code).toBe(4001);
      }),
      settings,
    );
  });
});

describe(`frames that are hardly frames, seed ${seed}`, () => {
  it('are answered, and the connection lives on or is closed for too many of them', { timeout: 60_000 + numRuns * 200 }, async () => {
    let socket: RawSocket | undefined;
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(noise, async (text) => {
        socket ??= await openSocket(backend.baseURL, things.ada.token);
        const before = socket.frames.length;
        socket.sendRaw(text);
        await socket.next((frame) => socket !== undefined && socket.frames.indexOf(frame) >= before);
        const frame = socket.frames[before];
        ServerFrame.parse(frame);
        if (frame !== undefined && 'ok' in frame && !frame.ok) expect(['MALFORMED_FRAME', 'UNKNOWN_ENDPOINT']).toContain(frame.error.code);
        sent += 1;
        if (sent % 15 === 0) {
          await socket.close();
          socket = undefined;
        }
      }),
      settings,
    );
    await socket?.close();
  });
});
