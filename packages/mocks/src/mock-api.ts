import { closeCodes } from '@app/contracts';
import {
  type Answer,
  accountByEmail,
  type CallRequest,
  createPlatform,
  type Log,
  localBus,
  localIdentity,
  localLimits,
  localOutbox,
  localPresence,
  type Origin,
  offlinePlaces,
  type Platform,
  plainImages,
  tableJobs,
  userTopic,
  webCryptoPasswords,
  webCryptoVault,
} from '@app/domain';
import { demoEmail, isEmpty, type PersonaName, personas, seedDemo } from '@app/domain/seed';
import { type Actor, emailOf, openActor, signInWith, type Who } from './actor';
import { type BotPace, createBot } from './bot';
import { createClock } from './clock';
import { createFaults } from './faults';
import { keptFiles } from './kept-files';
import { mockMedia } from './media';
import { brokenOff, createNetwork } from './network';
import { httpHandler } from './serve-http';
import { socketHandler } from './serve-socket';
import { takeSnapshot } from './snapshot';
import { expiringTokens } from './tokens';
import type { MockApi, MockOptions, MockPersona } from './types';

/** Nothing in a mock is anybody's secret, and what is dumped has to open again. */
const mockSecret = 'nothing in a mock is a secret of anybody';
const humanPace: BotPace = { thinkMs: 700, typeMs: 1_200, stayMs: 90_000 };
const noPace: BotPace = { thinkMs: 0, typeMs: 0 };
/** The devices of actors have an address of their own, so that what the app does is counted without them. */
const actorsAddress = '127.0.0.2';

/** Silent, but for what nobody expected: a mock that answers INTERNAL would be a riddle otherwise. */
function logOf({ onError }: MockOptions): Log {
  const ignore = () => undefined;
  // biome-ignore lint/suspicious/noConsole: what breaks inside a mock has nowhere else to go
  return { debug: ignore, info: ignore, warn: ignore, error: onError ?? ((fields, message) => console.error(message, fields)) };
}

/** Lets whatever is ready to run go first. A message instead of a timer, which a test may have stopped. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Where links in mails lead: the page that the mock runs in; null where there is none. */
function originOfPage(): string | null {
  const { location } = globalThis as { readonly location?: { readonly origin: string } };
  return location !== undefined && /^https?:/.test(location.origin) ? location.origin : null;
}

/** Limits that can forget what they counted. */
function forgetfulLimits() {
  let limits = localLimits();
  return {
    port: {
      take: (...args: Parameters<typeof limits.take>) => limits.take(...args),
      giveBack: (key: string) => limits.giveBack(key),
    },
    clear() {
      limits = localLimits();
    },
  };
}

/**
 * Opens the platform on a database in memory. In a browser it takes a second or two, and PGlite must not be bundled
 * (`optimizeDeps.exclude` of Vite). Close it at the end.
 */
export async function createMockApi(options: MockOptions = {}): Promise<MockApi> {
  const { baseURL = '*/api/v1', seed = true, latencyMs = 0, bot: wantsBot = true, keepAs, dump } = options;
  const log = logOf(options);
  const [{ openPglite }, { MemfsFrontendFS }] = await Promise.all([
    import('@app/domain/pglite'),
    import('@electric-sql/pglite/memfs-frontend'),
  ]);
  const database = await openPglite({
    // No query waits for what is kept.
    ...(keepAs === undefined ? {} : { fs: new MemfsFrontendFS(keptFiles(keepAs)), relaxedDurability: true }),
    ...(dump === undefined ? {} : { loadDataDir: dump }),
  });
  const network = createNetwork(latencyMs);
  const faults = createFaults();
  const expiring = expiringTokens();
  const limits = forgetfulLimits();
  let isClosed = false;

  const clock = createClock({
    start: options.clock === undefined ? undefined : new Date(options.clock),
    nextDue: () => platform.jobs.nextDue(),
    runDue: () => platform.jobs.runDue(),
    settled,
  });

  const outbox = localOutbox(clock.now);
  const media = await mockMedia(database.client, clock.now);
  const platform = createPlatform({
    database,
    log,
    now: clock.now,
    ports: {
      passwords: webCryptoPasswords(1),
      limits: limits.port,
      bus: localBus((error) => log.error({ err: error }, 'a listener failed')),
      // A clock that stands still would never let anybody's grace time end.
      presence: localPresence({ graceMs: 0 }),
      places: offlinePlaces(),
      jobs: tableJobs(),
      mail: outbox.mail,
      sms: outbox.sms,
      whatsApp: outbox.whatsApp,
      identity: localIdentity(),
      outbox,
      sharedLimits: limits.port,
      push: outbox.push,
      images: plainImages(),
      media: media.store,
      tokens: expiring.tokens,
      vault: webCryptoVault({ sealing: [mockSecret], lookup: mockSecret }),
      ...options.ports,
    },
    settings: { checkAnswers: true, publicBaseUrl: originOfPage(), ...options.settings },
  });
  if (seed && (await isEmpty(platform))) {
    await seedDemo(platform);
    // Here, and not after each reset anew.
    await platform.jobs.runDue();
  }
  const snapshot = await takeSnapshot(database.client);
  const restore = async () => {
    await snapshot.restore();
    await media.restore();
  };
  if (dump !== undefined) await restore();
  const people = await peopleOf(platform);

  const newId = () => platform.kernel.newId();
  const actorsOrigin = (): Origin => ({ requestId: newId(), address: actorsAddress, userAgent: 'Heartline mocks', platform: 'node' });

  const bot = createBot({
    log,
    pace: options.botPace ?? (options.clock === undefined ? humanPace : noPace),
    people: new Map(!wantsBot ? [] : people.map((person) => [person.userId, person])),
    connect: async ({ name }) => device(name as PersonaName),
    listen: (userId, listener) =>
      platform.kernel.ports.bus.subscribe(userTopic(userId), (message) => {
        if (message.kind === 'frame') listener(message.text);
      }),
  });

  async function device(who: Who, password?: string): Promise<Actor> {
    const origin = actorsOrigin();
    const { tokens } = await signInWith(platform, origin, who, password);
    return openActor(platform, origin, tokens.accessToken);
  }

  /** What the app did: whoever did it is not the bot's to play, and whom they liked may like them back. */
  function noticed(endpoint: string, input: unknown, userId: string | undefined): void {
    if (userId === undefined) return;
    bot.leave(userId);
    if (endpoint !== 'swipes.swipe') return;
    const swipe = input as { userId: string; action: string };
    if (swipe.action !== 'pass') bot.liked(swipe.userId, userId);
  }

  async function call(request: CallRequest): Promise<Answer> {
    const answer = await platform.call(request);
    if (answer.ok) noticed(request.endpoint, request.input, answer.caller?.userId ?? newcomer(answer.data));
    return answer;
  }

  const carrier = { baseURL, network, faults, newRequestId: newId };
  const handlers = [
    media.handler,
    httpHandler({ ...carrier, now: clock.now, call }),
    socketHandler({
      ...carrier,
      connect: platform.connect,
      answered: ({ endpoint, input, userId }) => noticed(endpoint, input, userId),
    }),
  ];

  async function settled(): Promise<void> {
    let ran: number;
    do {
      await Promise.all([network.idle(), bot.idle()]);
      ran = await platform.jobs.runDue();
      await platform.settled();
      await nextTurn();
    } while (ran > 0 || network.isBusy || bot.isBusy);
  }

  function dropSockets(code: number): void {
    for (const socket of [...network.sockets]) socket.drop(code);
  }

  async function idOf(who: Who): Promise<string> {
    const email = emailOf(who);
    const account = await accountByEmail({ db: database.db, ports: platform.kernel.ports }, email);
    if (account === undefined) throw new Error(`There is nobody with the email ${email}.`);
    return account.id;
  }

  /** Whatever a socket in memory does, it is never silently gone, so nobody has to look after connections; a page that was loaded anew is. */
  const begin = () => (keepAs === undefined ? platform.jobs.start() : platform.start());
  await begin();

  return {
    handlers,
    personas: people,
    platform,
    clock,
    async signIn(who, password) {
      const { tokens, user } = await signInWith(platform, actorsOrigin(), who, password);
      bot.leave(user.id);
      return tokens;
    },
    async actAs(who, password) {
      const actor = await device(who, password);
      bot.leave(actor.userId);
      return actor;
    },
    async ring(from, to, type = 'video') {
      const caller = await (bot.deviceOf(await idOf(from)) ?? device(from));
      const call = await caller.call('calls.start', { calleeId: await idOf(to), type });
      return call.id;
    },
    fail: (target, code, faultOptions) => faults.add(target, code, faultOptions),
    latency(milliseconds) {
      network.latencyMs = milliseconds;
    },
    offline(isOffline) {
      network.isOffline = isOffline;
      if (isOffline) dropSockets(brokenOff);
    },
    expireTokens() {
      expiring.expireAll();
      platform.authenticate.forget();
    },
    dropSockets: (code = closeCodes.restarting) => dropSockets(code),
    settled,
    async reset() {
      await settled();
      // Whoever is told to come again finds the way closed until all is as it was: a session that is about to be forgotten is not to be remembered.
      network.isOffline = true;
      await platform.stop();
      await restore();
      platform.authenticate.forget();
      bot.reset();
      faults.clear();
      expiring.clear();
      limits.clear();
      clock.reset();
      network.latencyMs = latencyMs;
      network.isOffline = false;
      await begin();
    },
    async dump() {
      // What was written is in memory first.
      return database.dump();
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      network.isOffline = true;
      dropSockets(brokenOff);
      await settled();
      bot.stop();
      await platform.stop();
      await database.close();
    },
  };
}

/** Who was just signed in, where that is what the answer tells. */
function newcomer(data: unknown): string | undefined {
  const { user } = (typeof data === 'object' && data !== null ? data : {}) as { user?: { id: string } };
  return user?.id;
}

async function peopleOf(platform: Platform): Promise<MockPersona[]> {
  const { database, ports } = platform.kernel;
  const found = await Promise.all(
    personas.map(async (persona): Promise<MockPersona | undefined> => {
      const email = demoEmail(persona.name);
      const account = await accountByEmail({ db: database.db, ports }, email);
      return account && { ...persona, email, userId: account.id };
    }),
  );
  return found.filter((persona) => persona !== undefined);
}
