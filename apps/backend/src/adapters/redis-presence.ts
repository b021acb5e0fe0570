import { randomUUID } from 'node:crypto';
import { presenceGraceSeconds } from '@app/contracts';
import { type Attendance, type Log, localPresence, type Presence } from '@app/domain';
import type { Redis } from './redis';

/** In milliseconds. Who is silent for `silentMs` is dead; people of a dead process are offline within `silentMs + beatMs`. */
const rhythm = { beatMs: 5_000, silentMs: 20_000, graceMs: presenceGraceSeconds * 1000 };
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
 * its people: a process that dies is noticed by its silence, and whoever notices takes its people off. Who has just left is kept by
 * themselves, for the grace time.
 */
export function redisPresence({ client, prefix, ask }: Redis, log: Log, { beatMs, silentMs, graceMs } = rhythm): RedisPresence {
  // Tells when it began: one that nobody knows of yet is new, and one that was known once and is not now is dead.
  const own = `${Date.now()}-${randomUUID().slice(-12)}`;
  const processes = `${prefix}processes`;
  const holders = (userId: string) => `${prefix}holders:${userId}`;
  const heldBy = (process: string) => `${prefix}held:${process}`;
  const justLeft = (userId: string) => `${prefix}left:${userId}`;
  const here = localPresence({ graceMs });
  const people = new Set<string>();
  const vanishedListeners = new Set<(userIds: readonly string[]) => void>();
  const lateListeners = new Set<(userIds: readonly string[]) => void>();
  /** Until then others may not have told Redis yet whom they hold: it may have begun anew. */
  let isWholeFrom = Number.POSITIVE_INFINITY;
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
  const leave = (userId: string) => Promise.all([client.set(justLeft(userId), '1', { PX: graceMs }), remove(userId)]);

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
    const late = [...missing, ...over];
    if (late.length > 0) for (const listener of lateListeners) listener(late);
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
  /** The others find it as soon as this one does, give or take; and tell it then. */
  function found(): void {
    isWholeFrom = Date.now() + 2 * beatMs;
    void beat();
  }
  client.on('ready', found);
  if (client.isReady) found();

  const isNew = (process: string) => Date.now() - Number(process.split('-')[0]) < silentMs;

  const isAlive = (process: string) => process !== own && (alive.has(process) || isNew(process));

  /** As Redis has it, for one who is not connected here. */
  function attendanceOf(holding: readonly string[], hasJustLeft: boolean): Attendance | undefined {
    if (holding.some(isAlive)) return 'here';
    if (hasJustLeft) return 'just_left';
    return Date.now() >= isWholeFrom ? 'away' : undefined;
  }

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
      return people.delete(userId) ? told(leave(userId)) : undefined;
    },
    isConnected(userId) {
      if (here.isConnected(userId)) return true;
      return ask((asked) => asked.sMembers(holders(userId))).then(
        (found) => found.some(isAlive),
        (error: unknown) => {
          log.debug({ err: error }, 'presence could not be asked for');
          return false;
        },
      );
    },
    async attendance(userIds) {
      const found = new Map(await here.attendance(userIds));
      const elsewhere = userIds.filter((userId) => found.get(userId) !== 'here');
      if (elsewhere.length === 0) return found;
      for (const userId of elsewhere) if (found.get(userId) === 'away') found.delete(userId);
      try {
        const answers = await ask((asked) =>
          Promise.all(elsewhere.map((userId) => Promise.all([asked.sMembers(holders(userId)), asked.exists(justLeft(userId))]))),
        );
        answers.forEach(([holding, left], index) => {
          const where = attendanceOf(holding, left > 0);
          if (where !== undefined) found.set(elsewhere[index] as string, where);
        });
      } catch (error) {
        log.debug({ err: error }, 'presence could not be asked for');
      }
      return found;
    },
    graceMs,
    onToldLate(listener) {
      lateListeners.add(listener);
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
