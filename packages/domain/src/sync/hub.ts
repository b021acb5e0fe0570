import { closeCodes, heartbeatSeconds } from '@app/contracts';
import { type Authenticator, accountsTopic } from '../auth/authenticate';
import { watchAbandoned } from '../calls/jobs';
import type { Origin } from '../pipeline/context';
import type { Pipeline } from '../pipeline/pipeline';
import type { Kernel, UnitOfWork } from '../pipeline/unit-of-work';
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
  readonly size: number;
}

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

  bus.subscribe(accountsTopic, (message) => {
    if (message.kind === 'frame') return;
    for (const one of byUser.get(message.userId) ?? []) {
      if (message.kind === 'account') inBackground(one.recheck());
      else if (one.caller?.sessionId === message.sessionId) one.close(closeCodes.revoked, message.reason);
    }
  });

  bus.onMended(() => inBackground(lookAfterAll(true)));
  presence.onVanished((userIds) => inBackground(vanished(userIds)));

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

  /** What was said of them in this process is not true any more, unless they are back by now. */
  async function vanished(userIds: readonly string[]): Promise<void> {
    const areConnected = await Promise.all(userIds.map((userId) => presence.isConnected(userId)));
    const gone = userIds.filter((_, index) => areConnected[index] === false);
    if (gone.length > 0) await work.transact((unit) => watchAbandoned(unit, gone));
  }

  async function joined(userId: string, connectionId: string): Promise<void> {
    await presence.joined(userId, connectionId);
  }

  async function left(one: Connection): Promise<void> {
    all.delete(one);
    const { caller } = one;
    if (caller === undefined) return;
    const ofUser = byUser.get(caller.userId);
    ofUser?.delete(one);
    if (ofUser?.size === 0) byUser.delete(caller.userId);
    await presence.left(caller.userId, one.id);
    if (!(await presence.isConnected(caller.userId))) await work.transact((unit) => watchAbandoned(unit, [caller.userId]));
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
            inBackground(joined(userId, opened.id));
          },
          gone: (closed) => inBackground(left(closed)),
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
      if (!bus.isShared || looking !== undefined) return;
      if (kernel.now().getTime() - lookedAt >= (bus.isCut ? cutEveryMs : everyMs)) await lookAfterAll(bus.isCut);
    },
    closeAll() {
      for (const one of all) one.close(closeCodes.restarting, 'restarting');
    },
    get size() {
      return all.size;
    },
  };
}
