import type { Log } from '@app/domain';
import { createClient } from '@redis/client';

export interface RedisSettings {
  readonly url: string;
  /** What every key and channel begins with, so that several platforms can share a server. */
  readonly prefix: string;
}

export type RedisClient = ReturnType<typeof clientOf>;

/** Redis or Valkey, by which several processes are one platform. Commands fail at once while it is away; it is sought until it is back. */
export interface Redis {
  readonly client: RedisClient;
  /** The connection that listens. What was subscribed to is again before it says that it is ready. */
  readonly subscriber: RedisClient;
  readonly prefix: string;
  /** Waits for an answer, but not long: rejects where it does not come, and for a while after that without asking. */
  ask<T>(question: (client: RedisClient) => Promise<T>): Promise<T>;
  close(): void;
}

/** In milliseconds. A start does not wait longer for it: the platform runs without, only less well. */
const firstWaitMs = 3_000;
const pingEveryMs = 5_000;
/** Pings are answered, so a connection this silent is one whose other end is gone. */
const silentMs = 12_000;
/** In milliseconds: who does not answer in the first is not asked again in the second. */
const answerWithinMs = 500;
const silentForMs = 2_000;
/** More than this is not waited for: it is too slow by then. */
const maxWaiting = 100_000;

function clientOf(url: string, name: string) {
  return createClient({
    url,
    name,
    // What waits for a server that is away is old when it comes back: whoever asked is told at once that it is away.
    disableOfflineQueue: true,
    commandsQueueMaxLength: maxWaiting,
    pingInterval: pingEveryMs,
    socket: {
      connectTimeout: 2_000,
      socketTimeout: silentMs,
      // Spread, so that the replicas do not all come at once.
      reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 1_000) * (0.75 + Math.random() / 2),
    },
  });
}

export async function openRedis({ url, prefix }: RedisSettings, log: Log): Promise<Redis> {
  const client = clientOf(url, 'heartline');
  const subscriber = clientOf(url, 'heartline-subscriber');
  let isClosing = false;
  let wasUp: boolean | undefined;
  const isUp = () => client.isReady && subscriber.isReady;

  /** Said once each time it comes and goes, and not at every try. */
  function note(error?: unknown): void {
    if (isClosing || wasUp === isUp()) return;
    wasUp = isUp();
    if (wasUp) log.info({}, 'Redis is there');
    else log.error({ err: error }, 'Redis is away: what other processes cause comes late');
  }
  for (const one of [client, subscriber]) one.on('error', note).on('ready', () => note());

  let silentUntil = 0;

  async function ask<T>(question: (client: RedisClient) => Promise<T>): Promise<T> {
    if (Date.now() < silentUntil) throw new Error('Redis has not answered lately.');
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      waiting = setTimeout(() => {
        silentUntil = Date.now() + silentForMs;
        reject(new Error('Redis does not answer.'));
      }, answerWithinMs);
    });
    try {
      return await Promise.race([question(client), late]);
    } finally {
      clearTimeout(waiting);
    }
  }

  const connecting = Promise.all([client.connect(), subscriber.connect()]).catch((error: unknown) => note(error));
  let waiting: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    connecting,
    new Promise((resolve) => {
      waiting = setTimeout(resolve, firstWaitMs);
    }),
  ]);
  clearTimeout(waiting);

  return {
    client,
    subscriber,
    prefix,
    ask,
    close() {
      isClosing = true;
      for (const one of [client, subscriber]) one.destroy();
    },
  };
}
