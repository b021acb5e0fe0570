import { and, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '../db/database';
import type { Work } from '../pipeline/context';
import { profiles, profileViews } from './table';

const dayMs = 24 * 60 * 60 * 1000;
/** Who looked when is forgotten after this; how many did is not. */
const keptDays = 30;

const dayOf = (time: Date) => time.toISOString().slice(0, 10);

/** Whether the viewer has been counted today. */
export async function isCounted({ db, now }: Work, viewerId: string, userId: string): Promise<boolean> {
  const [found] = await db
    .select({ day: profileViews.day })
    .from(profileViews)
    .where(and(eq(profileViews.userId, userId), eq(profileViews.day, dayOf(now)), eq(profileViews.viewerId, viewerId)));
  return found !== undefined;
}

/** Counts that someone has looked at a profile: once a day, however often and from however many devices. One statement does both. */
export async function countView({ db, now }: Work, viewerId: string, userId: string): Promise<void> {
  await db.execute(sql`
    with seen as (
      insert into ${profileViews} (user_id, day, viewer_id) values (${userId}, ${dayOf(now)}, ${viewerId})
      on conflict do nothing returning 1
    )
    update ${profiles} set views = views + 1 where ${profiles.userId} = ${userId} and exists (select 1 from seen)`);
}

/** Drops who looked when. */
export async function expireViews(db: Db, now: Date): Promise<void> {
  await db.delete(profileViews).where(lt(profileViews.day, dayOf(new Date(now.getTime() - keptDays * dayMs))));
}
