import { api, completenessOf, noDetails, type Profile, type ProfileDetails } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import { distancesTo } from '../discovery/cards';
import { wellFormed } from '../encoding';
import { friendshipOf } from '../friends/rules';
import { areMatched } from '../matches/rules';
import { type PersonRow, type Presenting, presentPerson, visiblePerson } from '../people/people';
import { ownPhotoHandlers } from '../photos/handlers';
import { presentPhoto, seenByOthers } from '../photos/present';
import type { Context } from '../pipeline/context';
import { implement } from '../pipeline/implement';
import { mayLookAt } from './rules';
import { profiles } from './table';
import { countView, isCounted } from './views';

/** What a profile says of the two, beside what it says of the one. */
export type Between = Pick<Profile, 'matched' | 'friendship' | 'distanceKm'>;

export function presentProfile(row: PersonRow, { matched, friendship, distanceKm }: Between, work: Presenting): Profile {
  const { bio, interests } = row;
  const photos = seenByOthers(row.photos, work).map((photo) => presentPhoto(photo, work));
  const details = { ...noDetails, ...row.details };
  const { id, displayName, age, gender, city, photo } = presentPerson(row, work);
  // Named one by one: to spread them is what a page of discovery would spend the most time on.
  return {
    id,
    displayName,
    age,
    gender,
    city,
    photo,
    bio,
    interests,
    details,
    photos,
    distanceKm,
    matched,
    friendship,
    completeness: null,
  };
}

/** One's own profile: with the photos that nobody else sees yet, and with what is missing. */
export function presentOwnProfile(row: PersonRow, work: Presenting): Profile {
  const profile = presentProfile(row, { matched: false, friendship: 'none', distanceKm: null }, work);
  const photos = row.photos.map((photo) => presentPhoto(photo, work));
  return { ...profile, photo: photos[0] ?? null, photos, completeness: completenessOf({ ...profile, photos }) };
}

async function readProfile(context: Context<'USER_NOT_FOUND'>, userId: string): Promise<Profile> {
  const viewer = context.caller.userId;
  const row = await visiblePerson(context, viewer, userId);
  if (row === undefined) throw context.fail('USER_NOT_FOUND');
  if (userId === viewer) return presentOwnProfile(row, context);
  const ties = { matched: await areMatched(context.db, viewer, userId), friendship: await friendshipOf(context, viewer, userId) };
  if (!mayLookAt(row, ties)) throw context.fail('USER_NOT_FOUND');
  const distances = await distancesTo(context.db, viewer, [userId]);
  return presentProfile(row, { ...ties, distanceKm: distances.get(userId) ?? null }, context);
}

/** Details as JSON keeps them: half a surrogate pair has no place there, and a language said twice is one. */
function storable({ job, languages, ...others }: Partial<ProfileDetails>): Partial<ProfileDetails> {
  return {
    ...others,
    ...(job === undefined ? {} : { job: job === null ? null : wellFormed(job) }),
    ...(languages === undefined ? {} : { languages: [...new Set(languages)] }),
  };
}

export const profilesImplementation = implement(api.profiles, {
  ...ownPhotoHandlers,

  profile: {
    async outside(context, { userId }) {
      const viewer = context.caller.userId;
      const profile = await readProfile(context, userId);
      // Most looks are not the first of the day, and write nothing.
      if (viewer !== userId && !(await isCounted(context, viewer, userId))) {
        await context.transact((work) => countView(work, viewer, userId));
      }
      return profile;
    },
  },

  async updateProfile(context, { bio, city, interests, details }) {
    const { userId } = context.caller;
    if (bio !== undefined || city !== undefined || interests !== undefined || details !== undefined) {
      const unique = interests === undefined ? undefined : [...new Set(interests)];
      // Merged by the database, so that two devices that change different ones at once both have their way.
      const changed = details === undefined ? undefined : sql`${profiles.details} || ${JSON.stringify(storable(details))}::jsonb`;
      await context.db.update(profiles).set({ bio, city, interests: unique, details: changed }).where(eq(profiles.userId, userId));
    }
    const own = await visiblePerson(context, userId, userId);
    if (own === undefined) throw new Error(`The account ${userId} has no profile.`);
    return presentOwnProfile(own, context);
  },
});
