import type { PresenceState } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { rows } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
import { friends } from '../friends/table';
import { matches } from '../matches/table';
import { visibleTo } from '../people/visibility';
import type { Work } from '../pipeline/context';
import type { Attendance } from '../ports';
import { users } from '../users/table';

/** One person looks whether another one is here. */
export interface Look {
  readonly viewer: string;
  readonly person: string;
}

/** What is heard on the topic of someone tells that others may see something else of them now. */
export function presenceTopic(userId: string): string {
  return `presence:${userId}`;
}

/** What these see of others, and others of them, is decided anew once the transaction commits: who is watched is looked at again. */
export function decidePresenceAnew(work: Work, userIds: readonly string[]): void {
  const { bus } = work.ports;
  work.afterCommit(() => {
    for (const userId of userIds) bus.publish(presenceTopic(userId), { kind: 'presence', userId, seesAnew: true });
  });
}

const given = sql.placeholder;

/**
 * Of these looks, those that may be had, each by itself: for a join with a list the server might read whole tables. Whoever hides when
 * they are here hides when they last were with it, since that a minute ago says nearly the same.
 */
const allowed = writtenOnce<object, { viewers: string; people: string; now: string }>(() => {
  const viewer = sql`look.viewer`;
  const show = (whose: string, what: string) => sql.raw(`(${whose}.privacy ->> '${what}')::boolean`);
  return sql`
    select look.viewer, look.person, found.last_seen_at
    from unnest(${given('viewers')}::uuid[], ${given('people')}::uuid[]) look (viewer, person)
    cross join lateral (
      select case when ${show('own', 'showLastSeen')} and ${show('theirs', 'showLastSeen')} then last_seen.at end as last_seen_at
      from ${users}
      join preferences own on own.user_id = ${viewer}
      join preferences theirs on theirs.user_id = ${users.id}
      left join last_seen on last_seen.user_id = ${users.id}
      where ${users.id} = look.person
        and ${show('own', 'showOnlineStatus')} and ${show('theirs', 'showOnlineStatus')}
        and ${visibleTo(viewer, users.id, given('now'))}
        and (
          exists (
            select 1 from ${matches}
            where ${matches.userA} = least(${viewer}, look.person) and ${matches.userB} = greatest(${viewer}, look.person) and ${matches.status} = 'active'
          )
          or exists (select 1 from ${friends} where ${friends.userId} = ${viewer} and ${friends.friendId} = look.person)
        )
      limit 1
    ) found`;
})({});

/** What may be seen by one look, and where the one looked at is; `undefined`: that could not be found out. */
export interface Seen extends Look {
  readonly state: PresenceState;
  readonly attendance: Attendance | undefined;
}

/** Looks at so many at once, in one query. Whom the viewer may not see is left out. */
export async function lookAtPresence({ db, now, ports }: Pick<Work, 'db' | 'now' | 'ports'>, looks: readonly Look[]): Promise<Seen[]> {
  if (looks.length === 0) return [];
  const found = await rows<{ viewer: string; person: string; last_seen_at: Date | string | null }>(
    db,
    allowed({
      viewers: arrayOf(looks.map(({ viewer }) => viewer)),
      people: arrayOf(looks.map(({ person }) => person)),
      now: now.toISOString(),
    }),
  );
  const attendance = await ports.presence.attendance([...new Set(found.map(({ person }) => person))]);
  return found.map(({ viewer, person, last_seen_at: at }) => {
    const where = attendance.get(person);
    const online = where === 'here' || where === 'just_left';
    const lastSeenAt = online || at === null ? null : new Date(at).toISOString();
    return { viewer, person, attendance: where, state: { userId: person, online, lastSeenAt } };
  });
}

/** How it stands with those of these people whom the viewer may see. */
export async function statesOf(work: Work, viewer: string, userIds: readonly string[]): Promise<PresenceState[]> {
  const looks = [...new Set(userIds)].map((person) => ({ viewer, person }));
  return (await lookAtPresence(work, looks)).map(({ state }) => state);
}
