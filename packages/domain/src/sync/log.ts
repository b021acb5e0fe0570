import { and, asc, eq, gt, lt, type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
import { visibleTo } from '../people/visibility';
import type { Work } from '../pipeline/context';
import { gathering } from '../pipeline/together';
import { users } from '../users/table';
import { syncHeads, syncLog } from './table';

/** One durable event for one hearer. `data` is JSON. */
export interface Hearing {
  readonly userId: string;
  readonly event: string;
  readonly data: string;
  /** Others whom `data` shows. */
  readonly shows: readonly string[];
}

export interface LoggedFrame {
  readonly userId: string;
  readonly seq: number;
  /** The frame, as it goes over the socket. */
  readonly text: string;
}

export function durableFrame(seq: number, event: string, data: string): string {
  return `{"seq":${seq},"event":"${event}","data":${data}}`;
}

const given = sql.placeholder;

/**
 * What was told, each once, and who hears which of it: most of it is heard by several. `heard` has its place among what the same one
 * hears. Heads are found by a list of ids: for a join the server might read all there are.
 */
const logged = writtenOnce<object, Record<string, string>>(() => {
  const hearers = sql`${given('hearers')}::uuid[]`;
  return sql`
    with heads as (
      select user_id, seq from sync_heads where user_id = any(${hearers}) and not closed order by user_id for update
    ),
    moved as (
      update sync_heads set seq = seq + (${given('counts')}::int[])[array_position(${hearers}, user_id)]
      where user_id = any(${hearers}) and not closed
    ),
    placed as (
      select user_id, n, told, shows, heads.seq + place as seq
      from unnest(${given('userIds')}::uuid[], ${given('told')}::int[], ${given('shows')}::text[], ${given('places')}::int[])
        with ordinality heard (user_id, told, shows, place, n)
      join heads using (user_id)
    ),
    written as (
      insert into sync_log (user_id, seq, event, data, shows, created_at)
      select user_id, seq, (${given('events')}::text[])[told], (${given('data')}::text[])[told], shows::uuid[], ${given('now')}::timestamptz
      from placed
    )
    select n::int, seq::float8 as seq from placed order by n`;
})({});

/**
 * The statement that writes events to their hearers' logs; `framesOf` reads what it answers. Each user's `seq` goes on without a gap: the row of the
 * user's head is locked until the transaction ends, so what commits later has the higher `seq`, and a rollback gives it back.
 * Whose log is closed hears nothing. Heads are locked in the order of user ids, so that two writers never wait for each other.
 */
export function logStatement(hearings: readonly Hearing[], now: Date): SQL {
  const told: { readonly event: string; readonly data: string }[] = [];
  const counts = new Map<string, number>();
  const heard = hearings.map(({ userId, event, data }) => {
    const last = told.at(-1);
    // Those who hear the same thing stand one after the other.
    if (last === undefined || last.data !== data || last.event !== event) told.push({ event, data });
    const place = (counts.get(userId) ?? 0) + 1;
    counts.set(userId, place);
    return { told: told.length, place };
  });
  return logged({
    events: arrayOf(told.map(({ event }) => event)),
    data: arrayOf(told.map(({ data }) => data)),
    hearers: arrayOf([...counts.keys()]),
    counts: arrayOf([...counts.values()]),
    userIds: arrayOf(hearings.map(({ userId }) => userId)),
    told: arrayOf(heard.map(({ told }) => told)),
    places: arrayOf(heard.map(({ place }) => place)),
    shows: arrayOf(hearings.map(({ shows }) => arrayOf(shows))),
    now: now.toISOString(),
  });
}

/** What was written, as frames. `placed` is what the statement answered. */
export function framesOf(hearings: readonly Hearing[], placed: readonly object[]): LoggedFrame[] {
  return (placed as readonly { n: number; seq: number }[]).map(({ n, seq }) => {
    const { userId, event, data } = hearings[n - 1] as Hearing;
    return { userId, seq, text: durableFrame(seq, event, data) };
  });
}

export interface LogPage {
  readonly items: readonly { readonly seq: number; readonly event: string; readonly data: string }[];
  /** The newest `seq` there is. */
  readonly head: number;
  /**
   * `since` is not in the log any more (or never was), or what came after it shows somebody who is hidden by now: the device
   * has to load everything anew.
   */
  readonly reset: boolean;
}

const heads = writtenOnce<object, { userIds: string }>(
  () => sql`select user_id as "userId", seq::float8 as seq from ${syncHeads} where user_id = any(${given('userIds')}::uuid[])`,
)({});

/** By where it is asked. Those who ask while others are answered are answered together: after a cut everybody comes back at once. */
const headsOf = new WeakMap<Db, (userId: string) => Promise<number>>();

function headReader(db: Db): (userId: string) => Promise<number> {
  return gathering(
    async (userIds: readonly string[]) => {
      const found = await rows<{ userId: string; seq: number }>(db, heads({ userIds: arrayOf([...new Set(userIds)]) }));
      const byUser = new Map(found.map(({ userId, seq }) => [userId, seq]));
      return userIds.map((userId) => byUser.get(userId) ?? 0);
    },
    (userId) => userId,
  );
}

/** The newest `seq` of a user. */
export function headOf(db: Db, userId: string): Promise<number> {
  const read = headsOf.get(db) ?? headReader(db);
  headsOf.set(db, read);
  return read(userId);
}

/** What stands in a user's log after `since`, the oldest first, at most `limit` of it. */
export async function readLog({ db, now }: Pick<Work, 'db' | 'now'>, userId: string, since: number, limit: number): Promise<LogPage> {
  // The head first: whatever comes after that look is then among the items, and no gap is seen where there is none.
  const head = await headOf(db, userId);
  // As a rule nothing was missed. What comes from now on is told to whoever listens already, or is there the next time.
  if (since === head) return { items: [], head, reset: false };
  const items = await db
    .select({ seq: syncLog.seq, event: syncLog.event, data: syncLog.data })
    .from(syncLog)
    .where(and(eq(syncLog.userId, userId), gt(syncLog.seq, since)))
    .orderBy(asc(syncLog.seq))
    .limit(limit);
  const first = items[0]?.seq;
  const expired = first === undefined ? since < head : first !== since + 1;
  const reset = since > head || expired || (first !== undefined && (await showsHidden(db, userId, since, now)));
  return { items, head: Math.max(head, items.at(-1)?.seq ?? 0), reset };
}

/** Whether anything after `since` shows somebody whom the user may not see any more: none of it is told to a device that missed it. */
async function showsHidden(db: Db, userId: string, since: number, now: Date): Promise<boolean> {
  const [found] = await rows(
    db,
    sql`select 1 from (select distinct unnest(${syncLog.shows}) as id from ${syncLog} where ${syncLog.userId} = ${userId} and ${syncLog.seq} > ${since}) shown
        join ${users} on ${users.id} = shown.id where ${visibleTo(userId, users.id, now)} is not true limit 1`,
  );
  return found !== undefined;
}

/** Drops what is older than `before`. */
export async function expireLog(db: Db, before: Date): Promise<void> {
  await db.delete(syncLog).where(lt(syncLog.createdAt, before));
}
