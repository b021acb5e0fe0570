import { randomUUID } from 'node:crypto';
import { type EndpointId, type Event, endpoints, events, type SignalName } from '@app/contracts';
import { accountsTopic, tables } from '@app/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { sendEnvelope } from '../rig/encryption';
import { call } from '../rig/http';
import { match, ring, type Someone, say, signUp } from '../rig/people';
import { isEvent, openSocket, type RawSocket } from '../rig/socket';
import { inputFor, makeThings, signalFor, type Things } from '../rig/things';

/**
 * Whoever is blocked, blocks, is suspended, banned or deleted is neither seen nor heard. What can show somebody is found in the
 * contract: an endpoint or event that is added and shows who is hidden fails here, and so does one that nobody tried.
 */
let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('postgres');
  await backend.platform.jobs.stop();
});
afterAll(() => backend.close());

const db = () => backend.platform.kernel.database.db;
const ids = Object.keys(endpoints) as EndpointId[];
const forUsers = ids.filter((id) => endpoints[id].access === 'user' && endpoints[id].transport !== 'socket');
/** What ends the session or the account of whoever calls it, or what hides others from them: nothing could be asked after it. */
const ending = ['auth.logout', 'auth.logoutAll', 'auth.revokeSession', 'auth.changePassword', 'users.deleteMe', 'blocks.unblock'];
const calls = forUsers.filter((id) => !ending.includes(id));
const reads = calls.filter((id) => endpoints[id].method === 'GET');
const writes = calls.filter((id) => endpoints[id].method !== 'GET');

/** Whether a schema has a place for somebody: a name beside an id, or the id of who wrote, did or is something. */
function showsPeople(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': {
      const names = Object.keys(def.shape);
      const person =
        (names.includes('id') && names.includes('displayName')) || names.some((name) => /^(user|sender|caller|callee)Id$/.test(name));
      return person || Object.values(def.shape).some(showsPeople);
    }
    case 'array':
      return showsPeople(def.element);
    case 'union':
      return def.options.some(showsPeople);
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return showsPeople(def.innerType);
    // What a log holds is anything.
    case 'unknown':
      return true;
    default:
      return false;
  }
}

/** Reads that have a place for somebody, who is the caller themselves and nobody else. */
const ofOneself = ['users.me', 'profiles.me', 'users.preferences', 'encryption.status'];

/** Ada and those whom she can see in one way or another. */
interface Life extends Things {
  /** Likes Ada, who has not answered. */
  readonly cem: Someone;
  /** Ada's friend, and someone she has passed. */
  readonly dan: Someone;
  /** Has asked Ada to be friends; likes nobody. */
  readonly eli: Someone;
  /** Ada likes them. */
  readonly fay: Someone;
  /** What the names of them all begin with. */
  readonly mark: string;
  readonly others: readonly Someone[];
}

async function live(): Promise<Life> {
  const things = await makeThings(backend.baseURL, { withGroup: true });
  const { ada, ben, conversationId } = things;
  const mark = `Hidden-${randomUUID().slice(0, 8)}`;
  const named = (name: string) => signUp(backend.baseURL, { name: `${mark} ${name}`, gender: 'male' });
  const [cem, dan, eli, fay] = [await named('Cem'), await named('Dan'), await named('Eli'), await named('Fay')];
  const displayName = `${mark} Ben`;
  await db().update(tables.profiles).set({ displayName }).where(eq(tables.profiles.userId, ben.id));
  const { id: written } = await say(ben, conversationId, `${mark} writes`);
  await ben.do('messages.pin', { messageId: written });
  await sendEnvelope(ben, ada);
  await ada.do('swipes.swipe', { userId: fay.id, action: 'like' });
  const { id: callId } = await ring(ada, ben);
  await ada.do('calls.end', { callId, reason: 'hang_up' });
  await cem.do('swipes.swipe', { userId: ada.id, action: 'like' });
  await dan.do('friends.sendRequest', { userId: ada.id });
  await ada.do('friends.sendRequest', { userId: dan.id });
  await eli.do('friends.sendRequest', { userId: ada.id });
  await match(ada, eli);
  return { ...things, cem, dan, eli, fay, mark, callId, others: [ben, cem, dan, eli, fay] };
}

async function setStatus(people: readonly Someone[], status: 'suspended' | 'banned' | 'deleted'): Promise<void> {
  for (const { id } of people) {
    await db().update(tables.users).set({ status }).where(eq(tables.users.id, id));
    backend.platform.kernel.ports.bus.publish(accountsTopic, { kind: 'account', userId: id });
  }
}
const blocking = (pairs: readonly (readonly [Someone, Someone])[]) =>
  db()
    .insert(tables.blocks)
    .values(pairs.map(([blocker, blocked]) => ({ blockerId: blocker.id, blockedId: blocked.id, createdAt: new Date() })));

/** The ways to be hidden. Only hidden: what a block or a deletion ends beside that is still there, and would show. */
const ways = {
  'is blocked': ({ ada, others }: Life) => blocking(others.map((one) => [ada, one])),
  blocks: ({ ada, others }: Life) => blocking(others.map((one) => [one, ada])),
  'is suspended': ({ others }: Life) => setStatus(others, 'suspended'),
  'is banned': ({ others }: Life) => setStatus(others, 'banned'),
  'is deleted': ({ others }: Life) => setStatus(others, 'deleted'),
} as const;
type Way = keyof typeof ways;

/** What still shows somebody who is hidden, and why. */
const keeps: Readonly<Record<string, { readonly in: readonly Way[] | 'every way'; readonly why: string }>> = {
  'blocks.list': { in: ['is blocked'], why: 'Whom one has blocked one can unblock.' },
  'reports.mine': { in: 'every way', why: 'A report names whom it is about as they were called when it was made.' },
  'reports.report': { in: 'every way', why: 'As `reports.mine`.' },
  'conversations.list': { in: ['is deleted'], why: 'What a deleted person wrote stays, by their id and without them.' },
  'conversations.get': { in: ['is deleted'], why: 'As `conversations.list`.' },
  'conversations.mute': { in: ['is deleted'], why: 'As `conversations.list`.' },
  'conversations.unmute': { in: ['is deleted'], why: 'As `conversations.list`.' },
  'conversations.archive': { in: ['is deleted'], why: 'As `conversations.list`.' },
  'conversations.unarchive': { in: ['is deleted'], why: 'As `conversations.list`.' },
  'messages.history': { in: ['is deleted'], why: 'As `conversations.list`.' },
  'messages.search': { in: ['is deleted'], why: 'As `conversations.list`.' },
  'messages.pinned': { in: ['is deleted'], why: 'As `conversations.list`.' },
  'swipes.undoSwipe': { in: 'every way', why: 'It answers one’s own swipe, by the id.' },
};

const isKept = (id: string, way: Way) => keeps[id] !== undefined && (keeps[id].in === 'every way' || keeps[id].in.includes(way));

/** In a group people stay who are hidden from each other: by their ids, without a name and a face. */
const isOfGroup = (id: string) => id.startsWith('groups.');

/** Who, of the others, is shown by a text: by a name, an id or their words. */
function shown(text: string, life: Life): string[] {
  return [...life.others.filter(({ id }) => text.includes(id)).map(({ id }) => id), ...named(text, life)];
}

/** Who is shown by a name or by their words. */
function named(text: string, { mark }: Life): string[] {
  return [...(new RegExp(`${mark} \\w+`).exec(text) ?? [])];
}

/** Everything that Ada can be answered, endpoint by endpoint, each about everyone. */
async function answersTo(life: Life, which: readonly EndpointId[]): Promise<Map<EndpointId, string>> {
  const answers = new Map<EndpointId, string>();
  for (const id of which) {
    const texts: string[] = [];
    const inputs = new Set(life.others.map((one) => JSON.stringify(inputFor(id, life, life.ada, one))));
    for (const input of inputs) {
      // What is given is not an answer.
      texts.push((await call(backend.baseURL, id, JSON.parse(input) as Record<string, unknown>, { token: life.ada.token })).text);
    }
    answers.set(id, texts.join('\n'));
  }
  return answers;
}

describe('a read', () => {
  it('that can show people shows somebody here, so that hiding them means something', async () => {
    const life = await live();
    const able = reads.filter((id) => showsPeople(endpoints[id].output as unknown as z.core.$ZodType) && !ofOneself.includes(id));
    const answers = await answersTo(life, able);
    await blocking([[life.ada, life.cem]]);
    answers.set('blocks.list', (await answersTo(life, ['blocks.list'])).get('blocks.list') ?? '');
    const mute = able.filter((id) => shown(answers.get(id) ?? '', life).length === 0);
    expect(mute).toEqual([]);
  });
});

describe.each(Object.keys(ways) as Way[])('somebody who %s', (way) => {
  it('is shown by no answer', { timeout: 60_000 }, async () => {
    const life = await live();
    await ways[way](life);
    const showing: [string, string[]][] = [];
    for (const [id, text] of await answersTo(life, [...reads, ...writes])) {
      const found = isOfGroup(id) ? named(text, life) : shown(text, life);
      if (found.length > 0 && !isKept(id, way)) showing.push([id, found]);
    }
    expect(showing).toEqual([]);
  });

  it('counts for nothing', async () => {
    const life = await live();
    await ways[way](life);
    const numbers = await life.ada.do('users.statistics');
    // The group is one's own, whoever is in it.
    const conversations = way === 'is deleted' ? 2 : 1;
    expect(numbers).toMatchObject({ likesReceived: 0, matches: 0, friends: 0, conversations });
    expect(await life.ada.do('likes.count')).toMatchObject({ count: 0 });
    expect(await life.ada.do('notifications.unreadCount')).toEqual({ count: 0 });
  });
});

describe('an event', () => {
  const able = (Object.keys(events) as (keyof typeof events)[]).filter((name) =>
    showsPeople((events as Readonly<Record<string, Event>>)[name]?.data as unknown as z.core.$ZodType),
  );
  /** Of each of these another one of the same call, pair or message is heard here: they go to whoever that went to. */
  const withOthers: readonly RegExp[] = [/^call:(?!incoming)/, /^message:(updated|deleted)$/, /^friend:request_gone$/, /^encryption:/];
  /** That something is over is told by the ids alone, so that the app of whoever is left forgets what they had. */
  const toldByIdAlone = ['match:ended', 'friend:removed'];
  const over: readonly EndpointId[] = ['matches.unmatch', 'friends.remove'];
  /** What is read has arrived: that it has is to be told before. */
  const before: readonly EndpointId[] = ['conversations.markDelivered'];
  const between = writes.filter((id) => !/^(blocks|reports)[.]/.test(id) && !over.includes(id) && !before.includes(id));
  const acts = [...before, ...between, ...over];

  /** All that the others can do to Ada, by every endpoint and signal there is. */
  async function act(life: Life): Promise<RawSocket> {
    const socket = await openSocket(backend.baseURL, life.ada.token);
    await socket.call('realtime.watchPresence', { userIds: life.others.map(({ id }) => id) });
    for (const one of life.others) {
      const theirs = await openSocket(backend.baseURL, one.token);
      for (const name of ['typing:started', 'typing:stopped'] as SignalName[])
        await theirs.emit(name, signalFor(name, life, one, life.ada));
      await theirs.close();
      for (const id of acts) {
        const { text } = await call(
          backend.baseURL,
          id,
          { ...inputFor(id, life, one, life.ada), ...(id === 'messages.send' && { text: `${life.mark} writes` }) },
          { token: one.token },
        );
        // Someone in a call can be rung by nobody else.
        const callId = id === 'calls.start' ? /"id":"([^"]+)"/.exec(text)?.[1] : undefined;
        if (callId !== undefined) await one.call('calls.end', { callId, reason: 'hang_up' });
      }
    }
    await backend.platform.settled();
    // The last that is heard comes after all of that.
    await life.ada.do('conversations.list');
    const stranger = await signUp(backend.baseURL, { name: 'Someone else' });
    await match(stranger, life.ada);
    await socket.next((frame) => isEvent(frame) && JSON.stringify(frame).includes(stranger.id));
    return socket;
  }

  it('of each kind that can show people is heard from somebody here', { timeout: 60_000 }, async () => {
    const life = await live();
    const socket = await act(life);
    const heard = new Set(
      socket.frames
        .filter((frame) => isEvent(frame) && shown(JSON.stringify(frame), life).length > 0)
        .map((frame) => isEvent(frame) && frame.event),
    );
    const unheard = able.filter((name) => !heard.has(name) && !withOthers.some((those) => those.test(name)));
    expect(unheard).toEqual([]);
    await socket.close();
  });

  it.each(['is blocked', 'blocks'] as const)('is heard from nobody who %s', { timeout: 60_000 }, async (way) => {
    const life = await live();
    await ways[way](life);
    const socket = await act(life);
    const heard = socket.frames.filter((frame) => {
      if (!isEvent(frame) || toldByIdAlone.includes(frame.event)) return false;
      const text = JSON.stringify(frame);
      return (text.includes(life.groupId ?? '-') ? named(text, life) : shown(text, life)).length > 0;
    });
    expect(heard).toEqual([]);
    await socket.close();
  });
});

it('what is kept of somebody who is hidden is kept by an endpoint that there is', () => {
  expect(Object.keys(keeps).filter((id) => !ids.includes(id as EndpointId))).toEqual([]);
});
