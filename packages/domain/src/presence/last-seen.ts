import { sql } from 'drizzle-orm';
import type { Database } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
import type { Log } from '../pipeline/context';

export interface LastSeen {
  /** These were here then. Resolves once it is written, together with what else comes in a short while; also where that failed. */
  note(userIds: Iterable<string>, at: Date): Promise<void>;
  /** Writes what waits, at the end also what could not be written before. */
  flush(): Promise<void>;
}

/** In milliseconds: who leaves within this is written in one statement. */
const gatherMs = 100;
/** Rows a statement. */
const atOnce = 1_000;

const given = sql.placeholder;

/** In the order of ids, so that two processes that write the same people never wait for each other. Of an erased account nothing is kept. */
const written = writtenOnce<object, { userIds: string; times: string }>(
  () => sql`
    insert into last_seen (user_id, at)
    select seen.user_id, seen.at
    from unnest(${given('userIds')}::uuid[], ${given('times')}::timestamptz[]) seen (user_id, at)
    join lateral (select 1 from users where users.id = seen.user_id and users.erased_at is null limit 1) there on true
    order by seen.user_id
    on conflict (user_id) do update set at = excluded.at where last_seen.at < excluded.at`,
)({});

/** Writes when people were last here, many in one statement: nobody's coming or going waits for it. */
export function lastSeenWriter({ db }: Database, log: Log): LastSeen {
  const waiting = new Map<string, Date>();
  let writing: Promise<void> | undefined;

  function put(userId: string, at: Date): void {
    const known = waiting.get(userId);
    if (known === undefined || known < at) waiting.set(userId, at);
  }

  async function flush(): Promise<void> {
    const seen = [...waiting];
    waiting.clear();
    try {
      while (seen.length > 0) {
        const some = seen.slice(0, atOnce);
        await db.execute(
          written({ userIds: arrayOf(some.map(([userId]) => userId)), times: arrayOf(some.map(([, at]) => at.toISOString())) }),
        );
        seen.splice(0, atOnce);
      }
    } catch (error) {
      // Written with what comes next.
      for (const [userId, at] of seen) put(userId, at);
      log.warn({ err: error }, 'when people were last here could not be written');
    }
  }

  return {
    note(userIds, at) {
      for (const userId of userIds) put(userId, at);
      writing ??= new Promise((resolve) => setTimeout(resolve, gatherMs)).then(() => {
        writing = undefined;
        return flush();
      });
      return writing;
    },
    flush,
  };
}
