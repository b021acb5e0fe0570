import { closeCodes, heartbeatSeconds } from '@app/contracts';
import { type Authenticator, accountsTopic } from '../auth/authenticate';
import { watchAbandoned } from '../calls/jobs';
import type { Origin } from '../pipeline/context';
import type { Pipeline } from '../pipeline/pipeline';
import type { Kernel, UnitOfWork } from '../pipeline/unit-of-work';
import { lastSeenWriter } from '../presence/last-seen';
import { presenceTopic } from '../presence/rules';
import { watching } from '../presence/watching';
import { type Connection, connection, type Socket } from './connection';
import { cutEveryMs, everyMs, lookAfter } from './lookout';

export interface Hub {
  /** Takes a socket that has just connected. */
  connect(socket: Socket, origin: Origin): Connection;
  /** Closes those that gave no sign of life for two heartbeats. */
  sweep(): void;
  /** Looks for what the bus did not bring, where it is time to: see `lookout.ts`. */
  lookAfter(): Promise<void>;
  /** Tells every device to connect again elsewhere. */
  closeAll(): void;
  /** Writes what waits to be written, once everybody is gone. */
  stop(): Promise<void>;
  readonly size: number;
}

/** In milliseconds. Whoever is here is written down as often as this, for when a process dies before it can say that they left. */
const noteHereEveryMs = 5 * 60_000;

/** All connections of this process. */
export function hub(
  kernel: Kernel,
  pipeline: Pipeline,
  authenticate: Authenticator,
  work: UnitOfWork,
  inBackground: (task: Promise<unknown>) => void,
): Hub {
  const all = new Set<Connection>();
  const byUser = new Map<string, Set<Connection>>();
  const { bus, presence } = kernel.ports;
  const watched = watching(kernel, inBackground);
  const lastSeen = lastSeenWriter(kernel.database, kernel.log);
  let notedAt = kernel.now().getTime();

  bus.subscribe(accountsTopic, (message) => {
    if (message.kind !== 'account' && message.kind !== 'session') return;
    for (const one of byUser.get(message.userId) ?? []) {
      if (message.kind === 'account') inBackground(one.recheck());
      else if (one.caller?.sessionId === message.sessionId) one.close(closeCodes.revoked, message.reason);
    }
  });

  bus.onMended(() => {
    watched.lookAtAll();
    inBackground(lookAfterAll(true));
  });
  presence.onVanished((userIds) => inBackground(vanished(userIds)));
  presence.onToldLate((userIds) => {
    for (const userId of userIds) moved(userId);
  });

  let looking: Promise<void> | undefined;
  let lookedAt = 0;

  /** One look at a time; who asks while one is under way gets another after it, since that one may have passed over what they mean. */
  async function lookAfterAll(mayHaveMissed: boolean): Promise<void> {
    while (looking !== undefined) await looking;
    if (mayHaveMissed) authenticate.forget();
    lookedAt = kernel.now().getTime();
    looking = lookAfter(kernel, authenticate, all).finally(() => {
      looking = undefined;
    });
    await looking;
  }

  /** They came or went: whoever watches them is to look. */
  function moved(userId: string): void {
    bus.publish(presenceTopic(userId), { kind: 'presence', userId, seesAnew: false });
  }

  /** What was said of them in this process is not true any more, unless they are back by now. */
  async function vanished(userIds: readonly string[]): Promise<void> {
    const areConnected = await Promise.all(userIds.map((userId) => presence.isConnected(userId)));
    const gone = userIds.filter((_, index) => areConnected[index] === false);
    if (gone.length === 0) return;
    await lastSeen.note(gone, kernel.now());
    for (const userId of gone) moved(userId);
    await work.transact((unit) => watchAbandoned(unit, gone));
  }

  async function joined(userId: string, connectionId: string, isFirst: boolean): Promise<void> {
    await presence.joined(userId, connectionId);
    if (isFirst) moved(userId);
  }

  /** When they were last here is written before others are told to look. */
  async function gone(userId: string, at: Date): Promise<void> {
    await lastSeen.note([userId], at);
    moved(userId);
  }

  /** Those who lost their last connection, and whose calls are not looked after yet: where a network goes, they all go at once. */
  const leaving = new Set<string>();
  let watchingLeaving: Promise<void> | undefined;

  async function watchLeaving(): Promise<void> {
    while (leaving.size > 0) {
      const userIds = [...leaving];
      leaving.clear();
      await work.transact((unit) => watchAbandoned(unit, userIds));
    }
  }

  async function left(one: Connection): Promise<void> {
    all.delete(one);
    const { caller } = one;
    if (caller === undefined) return;
    const ofUser = byUser.get(caller.userId);
    ofUser?.delete(one);
    if (ofUser?.size === 0) byUser.delete(caller.userId);
    await presence.left(caller.userId, one.id);
    if (!byUser.has(caller.userId)) inBackground(gone(caller.userId, kernel.now()));
    if (await presence.isConnected(caller.userId)) return;
    leaving.add(caller.userId);
    watchingLeaving ??= watchLeaving().finally(() => {
      watchingLeaving = undefined;
    });
    await watchingLeaving;
  }

  return {
    connect(socket, origin) {
      const one = connection(
        {
          kernel,
          pipeline,
          authenticate,
          opened(opened, { userId }) {
            const ofUser = byUser.get(userId) ?? new Set();
            byUser.set(userId, ofUser);
            ofUser.add(opened);
            inBackground(joined(userId, opened.id, ofUser.size === 1));
          },
          gone: (closed) => inBackground(left(closed)),
          watching: watched,
        },
        socket,
        origin,
      );
      all.add(one);
      return one;
    },
    sweep() {
      const silentSince = kernel.now().getTime() - 2 * heartbeatSeconds * 1000;
      for (const one of all) if (one.heardAt < silentSince) one.close(closeCodes.silent, 'no sign of life');
    },
    async lookAfter() {
      const now = kernel.now();
      if (now.getTime() - notedAt >= noteHereEveryMs) {
        notedAt = now.getTime();
        inBackground(lastSeen.note(byUser.keys(), now));
      }
      if (!bus.isShared || looking !== undefined) return;
      if (now.getTime() - lookedAt >= (bus.isCut ? cutEveryMs : everyMs)) await lookAfterAll(bus.isCut);
    },
    closeAll() {
      for (const one of all) one.close(closeCodes.restarting, 'restarting');
    },
    async stop() {
      watched.stop();
      await lastSeen.flush();
    },
    get size() {
      return all.size;
    },
  };
}
