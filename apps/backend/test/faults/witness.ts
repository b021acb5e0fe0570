import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { Heard } from './device';
import { stamp, type Timeline } from './timeline';

/** Looks in the database, whenever a device hears of something, whether that is committed. */
export interface Witness {
  hears(device: string, userId: string, heard: Heard): void;
  /** Resolves when everything that was heard so far was looked up. */
  settled(): Promise<void>;
  /** What was told of and was not committed at that time, each in a sentence. */
  readonly findings: readonly string[];
  /** How much was looked up. */
  readonly looked: number;
  close(): Promise<void>;
}

interface Question {
  readonly device: string;
  readonly userId: string;
  readonly heard: Heard;
  readonly at: number;
}

/** While the database is away. */
const againMs = 100;

/** By a connection of its own: what others have not committed it does not see. */
export function startWitness(databaseUrl: string, timeline: Timeline): Witness {
  const sql = postgres(databaseUrl, { max: 1, backoff: () => 0.1, onnotice: () => undefined });
  const findings: string[] = [];
  let waiting: Question[] = [];
  let looking: Promise<void> | undefined;
  let looked = 0;
  let isClosed = false;

  async function committed(asked: readonly Question[]): Promise<ReadonlySet<number>> {
    const found = await sql<{ n: number }[]>`
      select n::int
      from unnest(${asked.map(({ userId }) => userId)}::uuid[], ${asked.map(({ heard }) => heard.seq)}::bigint[], ${asked.map(({ heard }) => heard.event)}::text[])
        with ordinality told (user_id, seq, event, n)
      join sync_log using (user_id, seq, event)`;
    return new Set(found.map(({ n }) => n - 1));
  }

  async function look(): Promise<void> {
    while (waiting.length > 0 && !isClosed) {
      const asked = waiting;
      waiting = [];
      let kept: ReadonlySet<number>;
      try {
        kept = await committed(asked);
      } catch {
        // The server is one of the things that go wrong. What was committed before is there afterwards.
        waiting = [...asked, ...waiting];
        await pause(againMs);
        continue;
      }
      looked += asked.length;
      for (const [index, { device, heard, at }] of asked.entries())
        if (!kept.has(index)) findings.push(`${device} heard ${heard.event} at ${heard.seq}, ${stamp(at)}, before it was committed.`);
    }
  }

  return {
    hears(device, userId, heard) {
      waiting.push({ device, userId, heard, at: timeline.now() });
      looking ??= look().finally(() => {
        looking = undefined;
      });
    },
    async settled() {
      await looking;
    },
    findings,
    get looked() {
      return looked;
    },
    async close() {
      isClosed = true;
      await looking;
      await sql.end({ timeout: 1 });
    },
  };
}
