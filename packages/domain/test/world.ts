import type {
  AccountStatus,
  Api,
  Platform as AppPlatform,
  Failure,
  Gender,
  InputOf,
  Me,
  Notification,
  OutputOf,
  Role,
  Tokens,
} from '@app/contracts';
import { eq } from 'drizzle-orm';
import {
  type Answer,
  accountsTopic,
  createPlatform,
  type Database,
  jwtTokens,
  localBus,
  localIdentity,
  localLimits,
  localOutbox,
  localPresence,
  memoryMedia,
  type Origin,
  type Outbox,
  offlinePlaces,
  type Platform,
  type Ports,
  plainImages,
  type Settings,
  tableJobs,
  tables,
  webCryptoPasswords,
  webCryptoVault,
} from '../src';
import { openEmptyDatabase } from './empty-database';
import { type FakeSocket, fakeSocket } from './fake-socket';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A clock that stands still until it is told to move. */
export interface Clock {
  readonly now: Date;
  /** Moves on by this many seconds. */
  pass(seconds: number): void;
  set(time: string): void;
}

export interface WorldOptions {
  readonly settings?: Partial<Settings>;
  readonly ports?: Partial<Ports>;
  /** Default: no limits, so that a test may call as often as it likes. */
  readonly limits?: 'none' | 'real';
  /** Default: its own, empty. */
  readonly database?: Database;
}

type Groups = { [G in keyof Api]: Api[G] };
type EndpointAt<G extends keyof Groups, N extends keyof Groups[G]> = Groups[G][N];

/** A person on one signed-in device. */
export interface Device {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  readonly sessionId: string;
  tokens: Tokens;
  readonly origin: Origin;
  /** Calls an endpoint; throws where it is refused. */
  call<G extends keyof Groups & string, N extends keyof Groups[G] & string>(
    endpoint: `${G}.${N}`,
    input: InputOf<EndpointAt<G, N>>,
    options?: CallOptions,
  ): Promise<OutputOf<EndpointAt<G, N>>>;
  /** Calls an endpoint that is expected to refuse; answers how. */
  refusal(endpoint: string, input?: unknown, options?: CallOptions): Promise<Failure>;
  /** Hands a file in; throws where it is refused. */
  upload<G extends keyof Groups & string, N extends keyof Groups[G] & string>(
    endpoint: `${G}.${N}`,
    file: Uint8Array,
    input?: Omit<InputOf<EndpointAt<G, N>>, 'file'>,
  ): Promise<OutputOf<EndpointAt<G, N>>>;
  /** Opens a socket; resolves when it is open. */
  connect(input?: { since?: number }): Promise<FakeSocket>;
}

export interface CallOptions {
  readonly key?: string;
  readonly origin?: Partial<Origin>;
}

export interface Newcomer {
  readonly birthDate?: string;
  readonly gender?: Gender;
  readonly displayName?: string;
  readonly platform?: AppPlatform;
  readonly userAgent?: string;
}

export interface World {
  readonly platform: Platform;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: LogLine[];
  readonly ports: Ports;
  /** What would have left the platform. */
  readonly outbox: Outbox;
  /** Registers someone by that name, with an email that nobody else has. */
  join(name: string, about?: Newcomer): Promise<Device>;
  /** Signs the person of a device in on another one. */
  signIn(person: Pick<Device, 'email' | 'password'>, origin?: Partial<Origin>): Promise<Device>;
  /** Hands a call in without any types. Default origin, no token. */
  send(request: {
    endpoint: string;
    input?: unknown;
    token?: string;
    key?: string;
    origin?: Partial<Origin>;
    file?: Uint8Array;
  }): Promise<Answer>;
  /** Makes two people like each other. Answers the id of their match. */
  match(one: Device, other: Device): Promise<string>;
  block(blocker: Device, blocked: Device): Promise<void>;
  /** Does what moderation will do: sets the account's standing and tells every process. */
  setStanding(person: Device, standing: { status?: AccountStatus; suspendedUntil?: Date | null; role?: Role }): Promise<void>;
  /** A socket that has connected and not said anything yet. */
  plug(origin?: Partial<Origin>): FakeSocket;
  /** Every socket goes away, and what comes of that is done. */
  unplug(): Promise<void>;
  /** What stands in someone's log, but for what they were notified of: nearly everything notifies someone. */
  heard(person: Device): Promise<{ seq: number; event: string; data: Record<string, unknown> }[]>;
  /** What someone was notified of, as their log has it. */
  told(person: Device): Promise<Notification[]>;
  close(): Promise<void>;
}

const unlimited: Ports['limits'] = { take: () => ({ allowed: true, retryAfterSeconds: 0 }), giveBack: () => undefined };
const secret = 'a secret that is used in tests only';

let counter = 0;

export function createClock(start = '2026-01-15T12:00:00.000Z'): Clock {
  let now = new Date(start);
  return {
    get now() {
      return now;
    },
    pass(seconds) {
      now = new Date(now.getTime() + seconds * 1000);
    },
    set(time) {
      now = new Date(time);
    },
  };
}

function dataOf(answer: Answer, endpoint: string): unknown {
  if (answer.ok) return answer.data;
  throw new Error(`${endpoint} was refused: ${JSON.stringify(answer.failure)}`);
}

/** The platform whole on the embedded database, with a clock that stands still and passwords that are quick to hash. */
export async function createWorld({ settings, ports: given, limits = 'none', database: shared }: WorldOptions = {}): Promise<World> {
  const database = shared ?? (await openEmptyDatabase());
  const clock = createClock();
  const log: LogLine[] = [];
  const write = (level: LogLine['level']) => (fields: object, message: string) => {
    log.push({ level, fields: fields as LogLine['fields'], message });
  };
  const outbox = localOutbox(() => clock.now);
  const ports: Ports = {
    passwords: webCryptoPasswords(1),
    tokens: jwtTokens([secret]),
    vault: webCryptoVault({ sealing: [secret], lookup: secret }),
    limits: limits === 'real' ? localLimits() : unlimited,
    ...(limits === 'real' ? {} : { sharedLimits: unlimited }),
    bus: localBus((error) => write('error')({ err: error }, 'a listener failed')),
    presence: localPresence(),
    places: offlinePlaces(),
    jobs: tableJobs(),
    mail: outbox.mail,
    sms: outbox.sms,
    whatsApp: outbox.whatsApp,
    identity: localIdentity(),
    outbox,
    push: outbox.push,
    images: plainImages(),
    media: memoryMedia('https://media.test'),
    ...given,
  };
  const platform = createPlatform({
    database,
    ports,
    settings: { checkAnswers: true, ...settings },
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    now: () => clock.now,
  });
  const sockets: FakeSocket[] = [];
  const defaultOrigin: Origin = { requestId: 'request-1', address: '192.0.2.1' };

  function plug(origin?: Partial<Origin>): FakeSocket {
    const socket = fakeSocket((carrier) => platform.connect(carrier, { ...defaultOrigin, ...origin }));
    sockets.push(socket);
    return socket;
  }

  function send({ endpoint, input = {}, token, key, origin, file }: Parameters<World['send']>[0]): Promise<Answer> {
    return platform.call({
      endpoint,
      input,
      token,
      way: 'http',
      origin: { ...defaultOrigin, ...origin },
      ...(key === undefined ? {} : { idempotencyKey: key }),
      ...(file && { receive: async () => ({ size: file.length, bytes: async () => file }) }),
    });
  }

  async function logOf({ userId }: Device) {
    const found = await database.db.select().from(tables.syncLog).where(eq(tables.syncLog.userId, userId)).orderBy(tables.syncLog.seq);
    return found.map(({ seq, event, data }) => ({ seq, event, data: JSON.parse(data) as Record<string, unknown> }));
  }

  async function deviceOf(signedIn: { user: Me; tokens: Tokens }, password: string, origin: Origin): Promise<Device> {
    const verdict = await ports.tokens.verify(signedIn.tokens.accessToken, clock.now);
    if (!verdict.ok) throw new Error('The platform gave out a token that is not valid.');
    const device: Device = {
      userId: signedIn.user.id,
      email: signedIn.user.email ?? '',
      password,
      sessionId: verdict.claims.sessionId,
      tokens: signedIn.tokens,
      origin,
      async call(endpoint, input, options) {
        const answer = await send({
          endpoint,
          input,
          token: device.tokens.accessToken,
          ...options,
          origin: { ...origin, ...options?.origin },
        });
        return dataOf(answer, endpoint) as never;
      },
      async refusal(endpoint, input, options) {
        const answer = await send({
          endpoint,
          input,
          token: device.tokens.accessToken,
          ...options,
          origin: { ...origin, ...options?.origin },
        });
        if (answer.ok) throw new Error(`${endpoint} was not refused: ${JSON.stringify(answer.data)}`);
        return answer.failure;
      },
      async upload(endpoint, file, input) {
        return dataOf(await send({ endpoint, input, token: device.tokens.accessToken, origin, file }), endpoint) as never;
      },
      async connect(input) {
        const socket = plug(origin);
        await socket.ask('realtime.open', { token: device.tokens.accessToken, ...input });
        return socket;
      },
    };
    return device;
  }

  return {
    platform,
    database,
    clock,
    log,
    ports,
    outbox,
    plug,
    async unplug() {
      for (const socket of sockets.splice(0)) socket.leave();
      await platform.settled();
    },
    send,
    async join(name, { birthDate = '1996-04-23', gender = 'female', displayName = name, ...device } = {}) {
      counter += 1;
      const password = `password of ${name}`;
      const origin = { ...defaultOrigin, ...device };
      const answer = await send({
        endpoint: 'auth.register',
        input: { email: `${name.toLowerCase()}-${counter}@example.com`, password, displayName, birthDate, gender },
        origin,
      });
      return deviceOf(dataOf(answer, 'auth.register') as { user: Me; tokens: Tokens }, password, origin);
    },
    async signIn({ email, password }, partial) {
      const origin = { ...defaultOrigin, ...partial };
      const answer = await send({ endpoint: 'auth.login', input: { email, password }, origin });
      return deviceOf(dataOf(answer, 'auth.login') as { user: Me; tokens: Tokens }, password, origin);
    },
    async match(one, other) {
      await one.call('swipes.swipe', { userId: other.userId, action: 'like' });
      const { match } = await other.call('swipes.swipe', { userId: one.userId, action: 'like' });
      if (match === null) throw new Error('Two likes made no match.');
      return match.id;
    },
    async block(blocker, blocked) {
      await database.db.insert(tables.blocks).values({ blockerId: blocker.userId, blockedId: blocked.userId, createdAt: clock.now });
    },
    async setStanding({ userId }, standing) {
      await database.db.update(tables.users).set(standing).where(eq(tables.users.id, userId));
      ports.bus.publish(accountsTopic, { kind: 'account', userId });
    },
    async heard(person) {
      return (await logOf(person)).filter(({ event }) => !event.startsWith('notification:'));
    },
    async told(person) {
      const events = await logOf(person);
      return events.filter(({ event }) => event === 'notification:created').map(({ data }) => data.notification as Notification);
    },
    async close() {
      await platform.stop();
      if (shared === undefined) await database.close();
    },
  };
}
