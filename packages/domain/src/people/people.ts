import type { Person } from '@app/contracts';
import { and, eq, inArray, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database';
import { arrayOf, preparedOnce } from '../db/written';
import { presentPhoto, seenByOthers } from '../photos/present';
import type { Work } from '../pipeline/context';
import { profiles } from '../profiles/table';
import { preferences, users } from '../users/table';
import { ageOn } from './age';
import { visibleTo, writtenWith } from './visibility';

/** Someone as the database knows them, before it is decided how much of it is shown. */
export type PersonRow = typeof profiles.$inferSelect & { readonly profileVisibility: typeof preferences.$inferSelect.profileVisibility };

/** Reads, in one query, those of `ids` that `viewer` may see. Whoever is missing from the answer is not there for them. */
export async function visiblePeople(work: Work, viewer: string, ids: readonly string[]): Promise<Map<string, PersonRow>> {
  return new Map([...(await alone(work, viewer, ids))].map(([id, { person }]) => [id, person]));
}

type WithMore<More> = (
  work: Work,
  viewer: string,
  ids: readonly string[],
) => Promise<Map<string, { readonly person: PersonRow; readonly more: More }>>;

/** As `visiblePeople`, and `more` of each: an expression about `profiles.user_id`, the viewer and the time. Lists of people cost what this does. */
export function visiblePeopleWith<More>(more: (viewer: Placeholder, now: Placeholder) => SQL<More>): WithMore<More> {
  const [viewed, now] = [sql.placeholder('viewer'), sql.placeholder('now')];
  const prepared = preparedOnce((db) =>
    db
      .select({ profile: profiles, profileVisibility: preferences.profileVisibility, more: more(viewed, now) })
      .from(profiles)
      .innerJoin(users, eq(users.id, profiles.userId))
      .innerJoin(preferences, eq(preferences.userId, profiles.userId))
      // As one list, so that it is the same query for however many people.
      .where(and(sql`${profiles.userId} = any(${sql.placeholder('ids')}::uuid[])`, visibleTo(viewed, profiles.userId, now)))
      .prepare('visible_people'),
  );
  return async (work, viewer, ids) => {
    if (ids.length === 0) return new Map();
    const found = await prepared(work.db).execute({ ids: `{${[...new Set(ids)].join(',')}}`, viewer, now: work.now.toISOString() });
    return new Map(
      found.map(({ profile, profileVisibility, more }) => [profile.userId, { person: { ...profile, profileVisibility }, more }]),
    );
  };
}

const alone = visiblePeopleWith(() => sql<null>`null`);

/** People who face each other already, in a call that runs: whether they may see each other was asked when it began. */
export async function facingPeople(db: Db, ids: readonly string[]): Promise<Map<string, typeof profiles.$inferSelect>> {
  const found = await db
    .select()
    .from(profiles)
    .where(inArray(profiles.userId, [...ids]));
  return new Map(found.map((profile) => [profile.userId, profile]));
}

/** Those of `viewers` who may see the one person, in one query. */
export async function viewersOf({ db, now }: Pick<Work, 'db' | 'now'>, id: string, viewers: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    db,
    sql`select viewer.id from unnest(${arrayOf(viewers)}::uuid[]) viewer (id) join ${users} on ${users.id} = ${id}
        where ${visibleTo(sql`viewer.id`, users.id, now)}`,
  );
  return new Set(found.map((viewer) => viewer.id));
}

/** The one person, if `viewer` may see them. */
export async function visiblePerson(work: Work, viewer: string, id: string): Promise<PersonRow | undefined> {
  return (await visiblePeople(work, viewer, [id])).get(id);
}

/**
 * Those of `ids` whose words `viewer` keeps, in one query; null: they deleted their account, and nothing of them is shown.
 * Whoever is missing from the answer is not there for the viewer, and neither is what they wrote.
 */
export async function writtenWithPeople({ db, now }: Work, viewer: string, ids: readonly string[]): Promise<Map<string, PersonRow | null>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: users.id, status: users.status, profile: profiles, profileVisibility: preferences.profileVisibility })
    .from(users)
    // Of an account that is erased neither is left.
    .leftJoin(profiles, eq(profiles.userId, users.id))
    .leftJoin(preferences, eq(preferences.userId, users.id))
    .where(and(inArray(users.id, [...new Set(ids)]), writtenWith(viewer, users.id, now)));
  return new Map(
    found.map(({ id, status, profile, profileVisibility }): [string, PersonRow | null] => {
      const isShown = status !== 'deleted' && profile !== null && profileVisibility !== null;
      return [id, isShown ? { ...profile, profileVisibility } : null];
    }),
  );
}

/** What it takes to show someone: their age is of today, their photo is somewhere. */
export type Presenting = Pick<Work, 'now' | 'ports' | 'settings'>;

type Presented = Pick<PersonRow, 'userId' | 'displayName' | 'birthDate' | 'gender' | 'city' | 'photos'>;

export function presentPerson(row: Presented, work: Presenting): Person {
  const { userId, displayName, birthDate, gender, city, photos } = row;
  const [first] = seenByOthers(photos, work);
  const photo = first === undefined ? null : presentPhoto(first, work);
  return { id: userId, displayName, age: ageOn(birthDate, work.now), gender, city, photo };
}
