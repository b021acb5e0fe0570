import { randomUUID } from 'node:crypto';
import { type Log, localPresence, type Presence } from '@app/domain';
import type { Redis } from './redis';

/** In milliseconds. Who is silent for `silentMs` is dead; people of a dead process are offline within `silentMs + beatMs`. */
const rhythm = { beatMs: 5_000, silentMs: 20_000 };
const atOnce = 500;

/**
 * Notes a sign of life by Redis's own clock. Answers whether this process was known, who else is alive, and who is dead.
 * KEYS: the processes. ARGV: this one; after how many milliseconds one is dead.
 */
const beatScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
local limit = now - ARGV[2]
return {known and 1 or 0, redis.call('ZRANGEBYSCORE', KEYS[1], limit, '+inf'), redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. limit)}`;

export interface RedisPresence extends Presence {
  /** Says that nobody is connected here any more. */
  close(): Promise<void>;
}

/**
 * Who is connected to any process. For each person Redis keeps the processes that hold a connection of theirs, and for each process
 * its people: a process that dies is noticed by its silence, and whoever notices takes its people off.
 */
export function redisPresence({ client, prefix, ask }: Redis, log: Log, { beatMs, silentMs } = rhythm): RedisPresence {
  // Tells when it began: one that nobody knows of yet is new, and one that was known once and is not now is dead.
  const own = `${Date.now()}-${randomUUID().slice(-12)}`;
  const processes = `${prefix}processes`;
  const holders = (userId: string) => `${prefix}holders:${userId}`;
  const heldBy = (process: string) => `${prefix}held:${process}`;
  const here = localPresence();
  const people = new Set<string>();
  const vanishedListeners = new Set<(userIds: readonly string[]) => void>();
  let alive: ReadonlySet<string> = new Set([own]);
  /** What Redis knows of us may not be so: something could not be told. */
  let isDoubtful = false;
  let beating: Promise<void> | undefined;

  async function told(command: Promise<unknown>): Promise<void> {
    try {
      await command;
    } catch (error) {
      isDoubtful = true;
      log.debug({ err: error }, 'presence could not be told');
    }
  }

  const add = (userId: string) => Promise.all([client.sAdd(holders(userId), own), client.sAdd(heldBy(own), userId)]);
  const remove = (userId: string) => Promise.all([client.sRem(holders(userId), own), client.sRem(heldBy(own), userId)]);

  /** They may have come or gone since it was looked at. */
  const addIfHere = (userId: string) => (people.has(userId) ? add(userId) : undefined);
  const removeIfGone = (userId: string) => (people.has(userId) ? undefined : remove(userId));

  /** Makes what Redis knows of this process what is true. */
  async function reconcile(): Promise<void> {
    isDoubtful = false;
    const told = new Set(await client.sMembers(heldBy(own)));
    const missing = [...people].filter((userId) => !told.has(userId));
    const over = [...told].filter((userId) => !people.has(userId));
    for (let from = 0; from < missing.length; from += atOnce) await Promise.all(missing.slice(from, from + atOnce).map(addIfHere));
    for (let from = 0; from < over.length; from += atOnce) await Promise.all(over.slice(from, from + atOnce).map(removeIfGone));
  }

  /** Takes the people of a dead process off. Several may do so at once: each person is taken by one of them. */
  async function bury(dead: string): Promise<void> {
    for (;;) {
      const taken = await client.sPopCount(heldBy(dead), atOnce);
      if (taken.length === 0) break;
      await Promise.all(taken.map((userId) => client.sRem(holders(userId), dead)));
      for (const listener of vanishedListeners) listener(taken);
    }
    await client.zRem(processes, dead);
    log.warn({ process: dead }, 'a process of the platform is gone without a word');
  }

  async function beatOnce(): Promise<void> {
    const answer = (await client.eval(beatScript, { keys: [processes], arguments: [own, String(silentMs)] })) as [
      number,
      string[],
      string[],
    ];
    const [isKnown, living, dead] = answer;
    alive = new Set(living);
    // Taken for dead in a long pause, or forgotten by a Redis that began anew.
    if (isKnown === 0 || isDoubtful) await reconcile();
    for (const one of dead) await bury(one);
  }

  function beat(): Promise<void> {
    beating ??= beatOnce()
      .catch((error: unknown) => {
        isDoubtful = true;
        log.debug({ err: error }, 'no sign of life could be given');
      })
      .finally(() => {
        beating = undefined;
      });
    return beating;
  }

  const timer = setInterval(() => void beat(), beatMs);
  client.on('ready', () => void beat());
  if (client.isReady) void beat();

  const isNew = (process: string) => Date.now() - Number(process.split('-')[0]) < silentMs;

  return {
    joined(userId, connectionId) {
      here.joined(userId, connectionId);
      if (people.has(userId)) return undefined;
      people.add(userId);
      return told(add(userId));
    },
    left(userId, connectionId) {
      here.left(userId, connectionId);
      if (here.isConnected(userId)) return undefined;
      return people.delete(userId) ? told(remove(userId)) : undefined;
    },
    isConnected(userId) {
      if (here.isConnected(userId)) return true;
      return ask((asked) => asked.sMembers(holders(userId))).then(
        (found) => found.some((process) => process !== own && (alive.has(process) || isNew(process))),
        (error: unknown) => {
          log.debug({ err: error }, 'presence could not be asked for');
          return false;
        },
      );
    },
    onVanished(listener) {
      vanishedListeners.add(listener);
    },
    async close() {
      clearInterval(timer);
      await beating;
      try {
        for (const userId of people) await remove(userId);
        await client.zRem(processes, own);
      } catch (error) {
        log.debug({ err: error }, 'no goodbye could be said');
      }
    },
  };
}
