import { api, type Profile } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { distancesTo } from '../discovery/cards';
import { friendshipOf } from '../friends/rules';
import { areMatched } from '../matches/rules';
import { type PersonRow, type Presenting, presentPerson, visiblePerson } from '../people/people';
import { ownPhotoHandlers } from '../photos/handlers';
import { presentPhotos } from '../photos/present';
import type { Context } from '../pipeline/context';
import { implement } from '../pipeline/implement';
import { mayLookAt } from './rules';
import { profiles } from './table';

/** What a profile says of the two, beside what it says of the one. */
export type Between = Pick<Profile, 'matched' | 'friendship' | 'distanceKm'>;

/** What one's own profile says. */
const toOneself: Between = { matched: false, friendship: 'none', distanceKm: null };

export function presentProfile(row: PersonRow, { matched, friendship, distanceKm }: Between, work: Presenting): Profile {
  const photos = presentPhotos(row.photos, work);
  return { ...presentPerson(row, work), bio: row.bio, interests: row.interests, photos, distanceKm, matched, friendship };
}

async function readProfile(context: Context<'USER_NOT_FOUND'>, userId: string): Promise<Profile> {
  const viewer = context.caller.userId;
  const row = await visiblePerson(context, viewer, userId);
  if (row === undefined) throw context.fail('USER_NOT_FOUND');
  if (userId === viewer) return presentProfile(row, toOneself, context);
  const ties = { matched: await areMatched(context.db, viewer, userId), friendship: await friendshipOf(context, viewer, userId) };
  if (!mayLookAt(row, ties)) throw context.fail('USER_NOT_FOUND');
  const distances = await distancesTo(context.db, viewer, [userId]);
  return presentProfile(row, { ...ties, distanceKm: distances.get(userId) ?? null }, context);
}

export const profilesImplementation = implement(api.profiles, {
  ...ownPhotoHandlers,

  profile: (context, { userId }) => readProfile(context, userId),

  async updateProfile(context, { bio, city, interests }) {
    const { userId } = context.caller;
    if (bio !== undefined || city !== undefined || interests !== undefined) {
      const unique = interests === undefined ? undefined : [...new Set(interests)];
      await context.db.update(profiles).set({ bio, city, interests: unique }).where(eq(profiles.userId, userId));
    }
    const own = await visiblePerson(context, userId, userId);
    if (own === undefined) throw new Error(`The account ${userId} has no profile.`);
    return presentProfile(own, toOneself, context);
  },
});
