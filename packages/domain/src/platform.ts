import { type Event, events, type Signal } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { adminImplementation } from './admin/handlers';
import { type Authenticator, authenticator } from './auth/authenticate';
import { knownDevices } from './auth/devices';
import { authImplementation } from './auth/handlers';
import { authJobs, authOutsideJobs } from './auth/jobs';
import { blocksImplementation } from './blocks/handlers';
import { callSignals, callsImplementation } from './calls/handlers';
import { callJobs, watchAllLive } from './calls/jobs';
import { conversationSignals, conversationsImplementation } from './conversations/handlers';
import { type Database, withoutValues } from './db/database';
import { developmentImplementation } from './development/handlers';
import { discoveryJobs } from './discovery/cards';
import { discoveryImplementation } from './discovery/handlers';
import { encryptionImplementation } from './encryption/handlers';
import { friendsImplementation } from './friends/handlers';
import { groupsImplementation } from './groups/handlers';
import { maintenanceJobs } from './jobs/maintenance';
import { type JobRunner, jobRunner } from './jobs/queue';
import { takesTurn } from './jobs/turns';
import { likesImplementation } from './likes/handlers';
import { locationImplementation } from './location/handlers';
import { matchesImplementation, swipesImplementation } from './matches/handlers';
import { matchJobs } from './matches/jobs';
import { mediaImplementation } from './media/handlers';
import { mediaJobs, mediaOutsideJobs } from './media/jobs';
import { messagesImplementation } from './messages/handlers';
import { newIds } from './new-ids';
import { notificationsImplementation } from './notifications/handlers';
import { notificationJobs } from './notifications/jobs';
import { personalDataJobs } from './personal-data/jobs';
import { photoJobs } from './photos/jobs';
import type { Log, Origin, Work } from './pipeline/context';
import type { AnySignalHandler } from './pipeline/implement';
import { type Pipeline, pipeline } from './pipeline/pipeline';
import { type Kernel, type UnitOfWork, unitOfWork } from './pipeline/unit-of-work';
import { placesImplementation } from './places/handlers';
import type { Ports } from './ports';
import { presenceImplementation } from './presence/handlers';
import { profilesImplementation } from './profiles/handlers';
import { reportsImplementation } from './reports/handlers';
import { reportJobs } from './reports/jobs';
import { secretJobs } from './secrets/jobs';
import { defaultSettings, type Settings } from './settings';
import type { Connection, Socket } from './sync/connection';
import { realtimeImplementation } from './sync/handlers';
import { hub } from './sync/hub';
import { usersImplementation } from './users/handlers';
import { accountJobs } from './users/jobs';
import { webhookHandlers } from './webhooks/handlers';
import { type WebhookReceiver, webhookReceiver } from './webhooks/receive';

export interface PlatformParts {
  readonly database: Database;
  readonly ports: Ports;
  readonly settings?: Partial<Settings>;
  readonly log: Log;
  /** Default: the system's clock. */
  readonly now?: () => Date;
}

/** The whole platform, without anything that carries it: HTTP, sockets and mocks hand their calls in here. */
export interface Platform extends Pipeline {
  readonly kernel: Kernel;
  readonly work: UnitOfWork;
  readonly authenticate: Authenticator;
  /** Takes what a provider tells us. */
  readonly receive: WebhookReceiver;
  readonly jobs: JobRunner;
  /** Takes a socket that has just connected. */
  connect(socket: Socket, origin: Origin): Connection;
  /** Devices connected to this process. */
  readonly connections: number;
  /** Begins to run jobs and to watch connections. */
  start(): Promise<void>;
  /** Tells devices to connect again, lets what runs come to its end, stops. The database stays open. */
  stop(): Promise<void>;
  /** Resolves when nothing runs in the background any more. */
  settled(): Promise<void>;
  /** Throws where the database does not answer. */
  checkHealth(): Promise<void>;
}

const maintenanceEveryMs = 60 * 60 * 1000;
/** Asked more often than it is done: it is not left out because a process that did it stopped. */
const maintenanceAskedEveryMs = 10 * 60 * 1000;
const sweepEveryMs = 10_000;
const lookEveryMs = 1_000;

/** A log that what a query was given does not get into. */
function withoutQueryValues(log: Log): Log {
  const clean = (fields: object) => ('err' in fields ? { ...fields, err: withoutValues(fields.err) } : fields);
  return {
    debug: (fields, message) => log.debug(clean(fields), message),
    info: (fields, message) => log.info(clean(fields), message),
    warn: (fields, message) => log.warn(clean(fields), message),
    error: (fields, message) => log.error(clean(fields), message),
  };
}

export function createPlatform({ database, ports, settings, log, now = () => new Date() }: PlatformParts): Platform {
  const background = new Set<Promise<unknown>>();
  const careful = withoutQueryValues(log);
  const kernel: Kernel = {
    database,
    ports,
    settings: { ...defaultSettings, ...settings },
    log: careful,
    now,
    newId: newIds(),
    jobsEnqueued: (enqueued) => jobs.nudge(enqueued),
  };

  function inBackground(task: Promise<unknown>): void {
    const tracked = task
      .catch((error: unknown) => careful.error({ err: error }, 'background work failed'))
      .finally(() => background.delete(tracked));
    background.add(tracked);
  }

  const work = unitOfWork(kernel);
  const authenticate = authenticator(kernel, inBackground);
  const signalHandlers: Readonly<Record<string, AnySignalHandler>> = { ...conversationSignals, ...callSignals };
  const signals = Object.fromEntries(
    Object.entries<Event>({ ...events }).flatMap(([name, { signal }]): [string, { signal: Signal; handler: AnySignalHandler }][] => {
      if (signal === undefined) return [];
      const handler = signalHandlers[name];
      if (handler === undefined) throw new Error(`The signal ${name} has no handler.`);
      return [[name, { signal, handler }]];
    }),
  );
  const calls = pipeline({
    groups: {
      auth: authImplementation,
      users: usersImplementation,
      profiles: profilesImplementation,
      location: locationImplementation,
      places: placesImplementation,
      discovery: discoveryImplementation,
      swipes: swipesImplementation,
      likes: likesImplementation,
      matches: matchesImplementation,
      blocks: blocksImplementation,
      friends: friendsImplementation,
      reports: reportsImplementation,
      conversations: conversationsImplementation,
      groups: groupsImplementation,
      media: mediaImplementation,
      messages: messagesImplementation,
      encryption: encryptionImplementation,
      calls: callsImplementation,
      notifications: notificationsImplementation,
      presence: presenceImplementation,
      admin: adminImplementation,
      realtime: realtimeImplementation,
      development: developmentImplementation,
    } satisfies Record<keyof typeof import('@app/contracts').api, unknown>,
    signals,
    kernel,
    work,
    authenticate,
    knowsDevice: knownDevices(kernel),
  });
  const connections = hub(kernel, calls, authenticate, work, inBackground);
  const jobs = jobRunner(
    kernel,
    work,
    { ...callJobs, ...matchJobs, ...mediaJobs, ...personalDataJobs, ...discoveryJobs, ...maintenanceJobs, ...secretJobs, ...authJobs },
    { ...notificationJobs, ...authOutsideJobs, ...accountJobs, ...photoJobs, ...mediaOutsideJobs, ...reportJobs },
  );

  let sweeping: ReturnType<typeof setInterval> | undefined;
  let looking: ReturnType<typeof setInterval> | undefined;
  let maintaining: ReturnType<typeof setInterval> | undefined;

  /** Of all processes on one database, one an hour has it done. */
  async function maintain(unit: Work): Promise<void> {
    if (await takesTurn(unit, 'maintenance.expire', maintenanceEveryMs)) unit.enqueue('maintenance.expire', {});
  }

  async function settled(): Promise<void> {
    while (background.size > 0) await Promise.all(background);
  }

  return {
    ...calls,
    kernel,
    work,
    authenticate,
    receive: webhookReceiver(webhookHandlers, work, kernel.settings),
    jobs,
    connect: connections.connect,
    get connections() {
      return connections.size;
    },
    async start() {
      await work.transact(async (unit) => {
        await watchAllLive(unit);
        await maintain(unit);
        unit.enqueue('secrets.reseal', {});
      });
      jobs.start();
      sweeping = setInterval(connections.sweep, sweepEveryMs);
      maintaining = setInterval(() => inBackground(work.transact(maintain)), maintenanceAskedEveryMs);
      looking = setInterval(() => inBackground(connections.lookAfter()), lookEveryMs);
    },
    async stop() {
      clearInterval(sweeping);
      clearInterval(looking);
      clearInterval(maintaining);
      connections.closeAll();
      await jobs.stop();
      await settled();
      await connections.stop();
    },
    settled,
    async checkHealth() {
      await database.db.execute(sql`select 1`);
    },
  };
}
