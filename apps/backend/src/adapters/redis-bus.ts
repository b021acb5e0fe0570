import { randomUUID } from 'node:crypto';
import { type Bus, type BusMessage, type Log, localBus } from '@app/domain';
import type { Redis } from './redis';

/** Published to where somebody may have missed something, without their connection to Redis having told them. */
const mendedTopic = 'mended';
const nameLength = 12;

/** `f42|{"seq":42,…}`: a frame goes as it is. Anything else is rare, and JSON. */
function encode(message: BusMessage): string {
  return message.kind === 'frame' ? `f${message.seq ?? ''}|${message.text}` : `j${JSON.stringify(message)}`;
}

function decode(text: string): BusMessage {
  if (text.startsWith('j')) return JSON.parse(text.slice(1)) as BusMessage;
  const end = text.indexOf('|');
  const seq = text.slice(1, end);
  return { kind: 'frame', seq: seq === '' ? null : Number(seq), text: text.slice(end + 1) };
}

/**
 * A bus over several processes. Who is in this process hears at once, and does so also while Redis is away; a channel of Redis is
 * subscribed to only while somebody here listens to its topic, so a process is sent what its own people need and nothing else.
 */
export function redisBus({ client, subscriber, prefix, ask }: Redis, log: Log): Bus {
  const own = randomUUID().slice(-nameLength);
  const here = localBus((error) => log.error({ err: error }, 'a listener failed'));
  const listening = new Map<string, number>();
  /** Topics that are listened to, and whether Redis has confirmed it. */
  const confirmed = new Map<string, Promise<void>>();
  const mendedListeners = new Set<() => void>();
  /** Something was not told, though nobody there can know of it. */
  let hasFailed = false;

  function mended(): void {
    for (const listener of mendedListeners) listener();
  }

  function arrived(text: string, channel: string): void {
    if (text.startsWith(own)) return;
    const topic = channel.slice(prefix.length);
    if (topic === mendedTopic) mended();
    else here.publish(topic, decode(text.slice(nameLength)));
  }

  function tell(topic: string, text: string): void {
    client.publish(prefix + topic, own + text).catch((error: unknown) => {
      if (!hasFailed) log.warn({ err: error }, 'other processes could not be told');
      hasFailed = true;
    });
  }

  /** Asks for a channel; where that fails, it is asked for again once Redis is back. */
  function listen(topic: string): Promise<void> {
    const asked: Promise<void> = subscriber.subscribe(prefix + topic, arrived).catch((error: unknown) => {
      if (confirmed.get(topic) === asked) confirmed.delete(topic);
      log.debug({ err: error }, 'a channel could not be subscribed to');
    });
    confirmed.set(topic, asked);
    return asked;
  }

  async function listenToAll(): Promise<void> {
    const missing = [mendedTopic, ...listening.keys()].filter((topic) => !confirmed.has(topic));
    await Promise.all(missing.map(listen));
    mended();
  }

  subscriber.on('ready', () => void listenToAll());
  client.on('ready', () => {
    if (!hasFailed) return;
    hasFailed = false;
    tell(mendedTopic, '');
  });
  if (subscriber.isReady) void listenToAll();

  return {
    publish(topic, message) {
      here.publish(topic, message);
      tell(topic, encode(message));
    },
    subscribe(topic, listener) {
      const stop = here.subscribe(topic, listener);
      const others = listening.get(topic) ?? 0;
      listening.set(topic, others + 1);
      if (others === 0) void listen(topic);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        stop();
        const left = (listening.get(topic) ?? 1) - 1;
        if (left > 0) {
          listening.set(topic, left);
          return;
        }
        listening.delete(topic);
        confirmed.delete(topic);
        subscriber.unsubscribe(prefix + topic).catch((error: unknown) => log.debug({ err: error }, 'a channel could not be left'));
      };
    },
    heard(topic) {
      const asked = confirmed.get(topic);
      if (asked === undefined) return undefined;
      return ask(() => asked).catch((error: unknown) => log.debug({ err: error }, 'a channel was not confirmed in time'));
    },
    isShared: true,
    get isCut() {
      return !client.isReady || !subscriber.isReady;
    },
    onMended(listener) {
      mendedListeners.add(listener);
    },
  };
}
