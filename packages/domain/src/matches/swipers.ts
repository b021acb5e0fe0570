import type { SuperLikes } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import { rows } from '../db/database';
import type { Context, Work } from '../pipeline/context';
import { swipers } from './table';

const dayOf = (now: Date) => now.toISOString().slice(0, 10);

/** When a new day begins, in UTC. */
function renewsAt(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1)).toISOString();
}

export async function superLikesOf({ db, now, settings }: Work, userId: string): Promise<SuperLikes> {
  const limit = settings.superLikesPerDay;
  const [row] = await db.select().from(swipers).where(eq(swipers.userId, userId));
  const spent = row?.day === dayOf(now) ? row.superLikes : 0;
  return { limit, left: limit === null ? null : Math.max(0, limit - spent), renewsAt: renewsAt(now) };
}

/**
 * Takes one of the day's super likes. The row is held until the transaction ends, so that many at once are not more than there
 * are. One that was taken is not given back: the other was told of it.
 */
export async function spendSuperLike(context: Context<'SUPER_LIKES_USED_UP'>): Promise<void> {
  const { db, now, settings, caller } = context;
  const limit = settings.superLikesPerDay;
  if (limit === null) return;
  const day = dayOf(now);
  const spent =
    limit === 0
      ? []
      : await rows<{ user_id: string }>(
          db,
          sql`insert into ${swipers} as swiper (user_id, day, super_likes) values (${caller.userId}, ${day}, 1)
            on conflict (user_id) do update set
              day = excluded.day,
              super_likes = case when swiper.day = excluded.day then swiper.super_likes + 1 else 1 end
            where swiper.day <> excluded.day or swiper.super_likes < ${limit}
            returning user_id`,
        );
  if (spent.length === 0) throw context.fail('SUPER_LIKES_USED_UP', { limit, renewsAt: renewsAt(now) });
}

/** Notes whose swipe was taken back: discovery shows them first. */
export async function noteRewound({ db, now, caller }: Context, rewoundId: string): Promise<void> {
  await db
    .insert(swipers)
    .values({ userId: caller.userId, day: dayOf(now), rewoundId })
    .onConflictDoUpdate({ target: swipers.userId, set: { rewoundId } });
}
