import { randomUUID } from 'node:crypto';
import { defaultPreferences, noDetails } from '@app/contracts';
import { WebSocket } from 'ws';
import {
  type ApiClient,
  type Call,
  type ClientConfig,
  type Conversation,
  createApiClient,
  type EventMap,
  isLiveCall,
  type Match,
  type Me,
  type Message,
  memoryTokens,
  nextCallState,
  type Person,
  type Profile,
  type SignalName,
  type Tokens,
} from '../../src/index';
import { afterwards } from '../clean-ups';
import { type Arrival, type Peer, refuse, startServer } from '../core/stand-in-server';

export type Name = 'ada' | 'ben';

const born = Date.parse('2026-01-15T10:00:00.000Z');
let ticks = 0;
/** Every moment is later than the one before. */
export const moment = () => new Date(born + ++ticks * 1000).toISOString();
let lastId = 0;
/** Ids sort by the time they were made, as the platform's do. */
export const newId = () => `019a0000-0000-7000-8000-${String(++lastId).padStart(12, '0')}`;

export const people: Record<Name, Person> = {
  ada: { id: newId(), displayName: 'Ada', age: 29, gender: 'female', city: 'Lisbon', photo: null },
  ben: { id: newId(), displayName: 'Ben', age: 31, gender: 'male', city: 'Porto', photo: null },
};
const names = ['ada', 'ben'] as const;
const otherOf = (name: Name): Name => (name === 'ada' ? 'ben' : 'ada');
const nameOf = (userId: unknown) => names.find((name) => people[name].id === userId) as Name;
const who = ({ token }: { token: string | undefined }) => (token?.split(' ')[0] === 'ben' ? 'ben' : 'ada');

export const profileOf = (person: Person, matched = false): Profile => ({
  ...person,
  bio: '',
  interests: [],
  details: noDetails,
  photos: [],
  distanceKm: null,
  matched,
  friendship: 'none',
  completeness: null,
});

export function stranger(displayName: string): Profile {
  return profileOf({ id: newId(), displayName, age: 30, gender: 'other', city: null, photo: null });
}

const meOf = (name: Name): Me => ({
  ...people[name],
  email: `${name}@example.com`,
  emailVerified: true,
  phone: null,
  hasPassword: true,
  role: 'user',
  status: 'active',
  birthDate: '1996-04-23',
  createdAt: '2026-01-01T00:00:00.000Z',
});

const tokensOf = (name: Name, device: string): Tokens => ({
  accessToken: `${name} ${device}`,
  refreshToken: `${name} ${device}`,
  accessTokenExpiresAt: '2036-01-01T00:00:00.000Z',
});

/**
 * Ada and Ben on a server that remembers: one conversation, their matches, one call at a time, and each user's log of events.
 * What a test wants otherwise it says with `server.on`.
 */
export async function startWorld() {
  const server = await startServer();
  afterwards(() => server.close());

  const conversationId = newId();
  const messages: Message[] = [];
  const readSeqs: Record<Name, number> = { ada: 0, ben: 0 };
  const deliveredSeqs: Record<Name, number> = { ada: 0, ben: 0 };
  const drafts: Record<Name, Conversation['draft']> = { ada: null, ben: null };
  const matches: Match[] = [];
  const calls: Call[] = [];
  const logs: Record<Name, { seq: number; event: string; data: unknown }[]> = { ada: [], ben: [] };
  let strangers: Profile[] = [];
  let pageSize = 20;

  const peersOf = (name: Name): Peer[] => server.peers.filter((peer) => peer.isOpen && peer.token !== undefined && who(peer) === name);

  function tell<E extends keyof EventMap>(event: E, hearers: readonly Name[], dataFor: (name: Name) => EventMap[E]): void {
    for (const name of hearers) {
      const entry = { seq: logs[name].length + 1, event, data: dataFor(name) };
      logs[name].push(entry);
      for (const peer of peersOf(name)) peer.send(entry);
    }
  }

  function conversationOf(name: Name): Conversation {
    const person = people[otherOf(name)];
    const members = [name, otherOf(name)].map((member) => {
      const readSeq = readSeqs[member];
      return { userId: people[member].id, readSeq, deliveredSeq: Math.max(readSeq, deliveredSeqs[member]) };
    });
    const unread = messages.filter(({ senderId, seq, deletedAt }) => senderId === person.id && seq > readSeqs[name] && !deletedAt);
    const lastMessage = messages.at(-1) ?? null;
    const createdAt = '2026-01-10T00:00:00.000Z';
    return {
      id: conversationId,
      kind: 'direct',
      name: null,
      person,
      members,
      memberCount: 2,
      role: null,
      open: true,
      encryptedAt: null,
      lastMessage,
      lastSender: null,
      picture: null,
      pictureBy: null,
      unreadCount: unread.length,
      muted: null,
      archived: false,
      draft: drafts[name],
      createdAt,
      lastActivityAt: lastMessage?.createdAt ?? createdAt,
    };
  }

  /** Somebody writes, from nowhere in particular. */
  function write(name: Name, text: string, clientId: string = randomUUID(), answered?: unknown): Message {
    const first = messages.find((message) => message.clientId === clientId);
    if (first) return first;
    const message: Message = {
      id: newId(),
      conversationId,
      seq: messages.length + 1,
      senderId: people[name].id,
      clientId,
      kind: 'text',
      media: null,
      text,
      envelope: null,
      system: null,
      replyTo: quoteOf(messages.find(({ id }) => id === answered)),
      createdAt: moment(),
      editedAt: null,
      deletedAt: null,
      pinnedAt: null,
      revision: 0,
      reactions: [],
      ownReaction: null,
    };
    messages.push(message);
    tell('message:created', names, () => ({ message }));
    return message;
  }

  function quoteOf(message: Message | undefined): Message['replyTo'] {
    return message === undefined
      ? null
      : { id: message.id, seq: message.seq, senderId: message.senderId, kind: message.kind, text: message.text };
  }

  function change(messageId: unknown, to: Partial<Message>, event: 'message:updated' | 'message:deleted'): Message {
    const at = messages.findIndex(({ id }) => id === messageId);
    const before = messages[at] as Message;
    const message = { ...before, ...to, revision: before.revision + 1 };
    messages[at] = message;
    tell(event, names, () => ({ message }));
    return message;
  }

  /** Somebody does not want to see a message any more. */
  function hide(name: Name, messageId: unknown) {
    const at = messages.findIndex(({ id }) => id === messageId);
    const [{ id, seq }] = messages.splice(at, 1) as [Message];
    tell('message:hidden', [name], () => ({ conversationId, messageId: id, seq }));
    return { done: true };
  }

  /** Somebody's only reaction to a message. */
  function react(name: Name, messageId: unknown, emoji: string | null): Message {
    const at = messages.findIndex(({ id }) => id === messageId);
    const before = messages[at] as Message;
    const revision = before.revision + 1;
    const reactions = emoji === null ? [] : [{ emoji, count: 1 }];
    const seenBy = (viewer: Name) => ({ ...before, revision, reactions, ownReaction: viewer === name ? emoji : null });
    messages[at] = seenBy('ada');
    const { id, seq } = before;
    tell('message:reacted', names, (viewer) => {
      const { ownReaction } = seenBy(viewer);
      return { conversationId, messageId: id, seq, userId: people[name].id, emoji, revision, reactions, ownReaction };
    });
    return seenBy(name);
  }

  function read(name: Name, seq: number) {
    const isNews = seq > readSeqs[name];
    readSeqs[name] = Math.max(readSeqs[name], seq);
    const receipt = { conversationId, userId: people[name].id, readSeq: readSeqs[name], unreadCount: conversationOf(name).unreadCount };
    if (isNews) tell('message:read', names, () => receipt);
    return receipt;
  }

  /** Somebody is writing on one of their devices. */
  function draft(name: Name, text: string) {
    drafts[name] = text === '' ? null : { text, updatedAt: moment() };
    tell('draft:changed', [name], () => ({ conversationId, draft: drafts[name] }));
    return { draft: drafts[name] };
  }

  /** Everything has reached a device of somebody. */
  function deliver(name: Name) {
    const receipt = { conversationId, userId: people[name].id, deliveredSeq: messages.length };
    if (messages.length > deliveredSeqs[name]) tell('message:delivered', [otherOf(name)], () => receipt);
    deliveredSeqs[name] = messages.length;
    return { receipts: [receipt] };
  }

  function match(): void {
    const facts = { id: newId(), status: 'active', createdAt: moment(), expiresAt: null, endedAt: null } as const;
    matches.unshift({ ...facts, person: people.ben });
    tell('match:created', names, (name) => ({ match: { ...facts, person: people[otherOf(name)] } }));
  }

  const callEvents = {
    ringing: 'call:incoming',
    in_progress: 'call:answered',
    rejected: 'call:rejected',
    cancelled: 'call:missed',
    missed: 'call:missed',
    busy: 'call:busy',
    completed: 'call:ended',
    failed: 'call:ended',
  } as const;

  function tellCall(call: Call): Call {
    tell(callEvents[call.state], names, () => ({ call }));
    return call;
  }

  /** Something happens to a call, by the platform's own machine. */
  function moveCall(callId: unknown, action: Parameters<typeof nextCallState>[1], by: Name | null = null): Call {
    const at = calls.findIndex(({ id }) => id === callId);
    const call = calls[at];
    if (!call) return refuse('CALL_NOT_FOUND');
    const state = nextCallState(call.state, action);
    if (!state) return refuse('CALL_STATE_CONFLICT', { state: call.state, action });
    const ended = isLiveCall(state)
      ? {}
      : { endedAt: moment(), endedBy: by && people[by].id, durationSeconds: state === 'completed' ? 7 : null };
    const moved = { ...call, state, ...(action === 'accept' && { answeredAt: moment() }), ...ended };
    calls[at] = moved;
    return tellCall(moved);
  }

  function startCall(caller: Name, type: Call['type'], state: 'ringing' | 'busy' = 'ringing'): Call {
    const live = calls.find((call) => isLiveCall(call.state));
    if (live) return refuse('ALREADY_IN_CALL', { callId: live.id });
    const createdAt = moment();
    const call: Call = {
      id: newId(),
      type,
      provider: 'webrtc',
      state,
      caller: people[caller],
      callee: people[otherOf(caller)],
      createdAt,
      ringsUntil: createdAt,
      answeredAt: null,
      endedAt: state === 'busy' ? createdAt : null,
      endedBy: null,
      durationSeconds: null,
    };
    calls.unshift(call);
    return tellCall(call);
  }

  function pageOf<T>(items: readonly T[], { cursor, limit }: Record<string, unknown>) {
    const from = Number(cursor ?? 0);
    const to = from + Number(limit ?? pageSize);
    return { items: items.slice(from, to), nextCursor: to < items.length ? String(to) : null };
  }

  /** Pages of messages begin below a seq, so that new messages do not shift them. */
  function historyPage({ cursor, around }: Record<string, unknown>) {
    const newestFirst = messages.toReversed();
    const place = newestFirst.findIndex(({ seq }) => seq <= Number(around));
    const isNewer = String(cursor ?? '').startsWith('newer');
    const beside = newestFirst.findIndex(({ seq }) => seq === Number(String(cursor).replace('newer', '')));
    const middle = around === undefined ? 0 : Math.max(0, place - Math.floor(pageSize / 2));
    const from = cursor === undefined ? middle : isNewer ? Math.max(0, beside - pageSize) : beside + 1;
    const items = newestFirst.slice(from, isNewer ? beside : from + pageSize);
    return {
      items,
      nextCursor: from + items.length < newestFirst.length ? String(items.at(-1)?.seq) : null,
      previousCursor: from > 0 ? `newer${items[0]?.seq}` : null,
    };
  }

  const onOpen = ({ token, since }: { token: string; since?: number }) => {
    const name = who({ token });
    const missed = since === undefined ? [] : logs[name].slice(since);
    const peer = server.peers.filter((one) => one.token === token).at(-1);
    setImmediate(() => peer?.isOpen && peer.send(...missed));
    return { userId: people[name].id, head: logs[name].length, reset: false, heartbeatSeconds: 25 };
  };
  server.onOpen(onOpen);
  const signIn = ({ input }: Arrival) => {
    const name: Name = input.email === 'ben@example.com' ? 'ben' : 'ada';
    if (input.password !== 'secret word') refuse('INVALID_CREDENTIALS');
    return { user: meOf(name), tokens: tokensOf(name, randomUUID()) };
  };
  server.on('auth.login', signIn);
  server.on('auth.logout', () => ({ done: true }));
  server.on('auth.listSessions', () => ({ items: [] }));
  server.on('users.me', (from) => meOf(who(from)));
  server.on('users.preferences', () => defaultPreferences);
  server.on('users.updatePreferences', ({ input }) => ({ ...defaultPreferences, ...input }));
  server.on('profiles.profile', ({ input }) => {
    const name = nameOf(input.userId);
    return name ? profileOf(people[name]) : refuse('USER_NOT_FOUND');
  });
  server.on('profiles.updateProfile', (from) => ({ ...profileOf(people[who(from)]), ...from.input }));
  server.on('discovery.discover', ({ input }) => pageOf(strangers, input));
  server.on('swipes.swipe', ({ input }) => {
    strangers = strangers.filter(({ id }) => id !== input.userId);
    return { swipe: { userId: input.userId, action: input.action, createdAt: moment() }, match: null };
  });
  server.on('matches.matches', ({ input }) => pageOf(matches, input));
  server.on('matches.unmatch', () => ({ done: true }));
  server.on('conversations.list', (from) => pageOf([conversationOf(who(from))], from.input));
  server.on('conversations.get', (from) =>
    from.input.conversationId === conversationId ? conversationOf(who(from)) : refuse('CONVERSATION_NOT_FOUND'),
  );
  server.on('conversations.openDirect', (from) => conversationOf(who(from)));
  server.on('conversations.markRead', (from) => read(who(from), Number(from.input.seq)));
  server.on('conversations.saveDraft', (from) => draft(who(from), String(from.input.text)));
  server.on('conversations.markDelivered', (from) => deliver(who(from)));
  server.on('messages.history', ({ input }) => historyPage(input));
  server.on('messages.send', (from) => write(who(from), String(from.input.text), String(from.input.clientId), from.input.replyTo));
  server.on('messages.edit', ({ input }) => change(input.messageId, { text: String(input.text), editedAt: moment() }, 'message:updated'));
  server.on('messages.delete', ({ input }) => change(input.messageId, { text: null, deletedAt: moment() }, 'message:deleted'));
  server.on('messages.hide', (from) => hide(who(from), from.input.messageId));
  server.on('messages.react', (from) => react(who(from), from.input.messageId, String(from.input.emoji)));
  server.on('messages.unreact', (from) => react(who(from), from.input.messageId, null));
  server.on('messages.pin', ({ input }) => change(input.messageId, { pinnedAt: moment() }, 'message:updated'));
  server.on('messages.unpin', ({ input }) => change(input.messageId, { pinnedAt: null }, 'message:updated'));
  server.on('messages.pinned', ({ input }) => pageOf(messages.filter(({ pinnedAt }) => pinnedAt !== null).reverse(), input));
  server.on('calls.start', (from) => startCall(who(from), from.input.type as Call['type']));
  server.on('calls.accept', (from) => moveCall(from.input.callId, 'accept', who(from)));
  server.on('calls.reject', (from) => moveCall(from.input.callId, 'reject', who(from)));
  server.on('calls.end', (from) => {
    const call = calls.find(({ id }) => id === from.input.callId);
    const hangUp = call?.state !== 'ringing' ? 'end' : call.caller.id === people[who(from)].id ? 'cancel' : 'reject';
    return moveCall(from.input.callId, from.input.reason === 'failed' ? 'fail' : hangUp, who(from));
  });
  server.on('calls.get', ({ input }) => calls.find(({ id }) => id === input.callId) ?? refuse('CALL_NOT_FOUND'));
  server.on('calls.history', ({ input }) => pageOf(calls, input));
  server.on('calls.iceServers', () => ({ iceServers: [{ urls: ['stun:127.0.0.1'] }], expiresAt: null }));
  /** Passes a signal on to the other one's devices. */
  const relay = (signal: SignalName) => (from: Arrival) => {
    const name = who(from);
    for (const peer of peersOf(otherOf(name))) peer.send({ event: signal, data: { ...from.input, userId: people[name].id } });
    return null;
  };
  for (const signal of ['typing:started', 'typing:stopped', 'call:sdp_offer', 'call:sdp_answer', 'call:ice_candidate'] as const) {
    server.onSignal(signal, relay(signal));
  }

  return {
    server,
    conversationId,
    messages,
    calls,
    write,
    change,
    react,
    hide,
    read,
    deliver,
    draft,
    match,
    tell,
    startCall,
    moveCall,
    peersOf,
    relay,
    signIn,
    conversationOf,
    historyPage,
    /** What the opening of a socket is answered with. */
    onOpen,
    /** Breaks the line of a device, and mends it when what is to happen meanwhile has happened. */
    async whileAway(client: ApiClient, happens: () => void, answer: typeof onOpen = onOpen): Promise<void> {
      let mend = (): void => undefined;
      const mended = new Promise<void>((resolve) => {
        mend = resolve;
      });
      server.onOpen((input) => mended.then(() => answer(input)));
      const gone = new Promise<void>((resolve) => {
        const end = client.realtime.onStatus(({ connected }) => {
          if (connected) return;
          end();
          resolve();
        });
      });
      for (const peer of peersOf(nameOf(client.session.userId))) peer.cut();
      await gone;
      happens();
      mend();
    },
    /** Who there is to swipe on. */
    meet: (...profiles: Profile[]) => {
      strangers = profiles;
    },
    /** How long pages are. */
    paginate: (size: number) => {
      pageSize = size;
    },
    /** A device of somebody who is signed in, or of nobody. */
    device(name: Name | null, config: Partial<ClientConfig> = {}): ApiClient {
      const tokens = memoryTokens(name ? tokensOf(name, randomUUID()) : undefined);
      const axios = { adapter: 'http' as const };
      const client = createApiClient({
        ...tokens,
        WebSocket,
        timeoutMs: 0,
        retries: 0,
        axios,
        ...config,
        baseURL: server.baseURL,
      } as ClientConfig);
      afterwards(() => client.dispose());
      return client;
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;
