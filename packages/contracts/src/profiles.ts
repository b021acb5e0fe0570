import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { Friendship } from './friends';
import { ownPhotos } from './own-photos';
import { Person } from './people';
import { maxPhotos, Photo } from './photos';
import { Id } from './primitives';
import { Completeness, noDetails, ProfileDetails, ProfileDetailsChange } from './profile-details';
import { samplePeople, samplePhoto } from './samples';

/** What Ada's profile says once she has changed it. */
const changed = { bio: 'Mathematician, walker, bad singer.', city: 'Lisbon', interests: ['climbing', 'poetry'] };

const Interest = z
  .string()
  .trim()
  .min(1)
  .max(30)
  .meta({ examples: ['climbing'] });

/** Someone's page, as the caller may see it. */
export const Profile = Person.extend({
  bio: z.string().meta({ description: 'Empty where they wrote none.', examples: ['Climbs before breakfast, cooks after.'] }),
  interests: z.array(z.string()).meta({ examples: [['climbing', 'cooking', 'poetry']] }),
  details: ProfileDetails,
  photos: z
    .array(Photo)
    .max(maxPhotos)
    .meta({ description: 'In the order they chose; `photo` is the first.', examples: [[samplePhoto]] }),
  distanceKm: z
    .int()
    .min(1)
    .nullable()
    .meta({
      description:
        'About how far away they are, in kilometres: never finer than a few. Null where that is not known or they do not show it.',
      examples: [24],
    }),
  matched: z.boolean().meta({ description: 'Whether the caller is matched with them now.', examples: [false] }),
  friendship: Friendship.meta({ description: 'What the caller is to them: a friend, someone who asks or is asked, or none of it.' }),
  completeness: Completeness.nullable().meta({ description: 'Of your own profile; null of somebody else’s.' }),
}).meta({ id: 'Profile', description: "Someone's page, as the caller may see it." });
export interface Profile extends z.infer<typeof Profile> {}

export const profiles = {
  ...ownPhotos,
  profile: endpoint({
    method: 'GET',
    path: '/profiles/:userId',
    summary: "Someone's profile. Your own too.",
    access: 'user',
    params: { userId: Id },
    output: Profile,
    errors: ['USER_NOT_FOUND'],
  }),
  updateProfile: endpoint({
    method: 'PATCH',
    path: '/profiles/me',
    summary: 'Change your profile. What is left out stays.',
    access: 'user',
    body: {
      bio: z
        .string()
        .trim()
        .max(500)
        .optional()
        .meta({ examples: [changed.bio] }),
      city: z
        .string()
        .trim()
        .min(1)
        .max(80)
        .nullable()
        .optional()
        .meta({ description: 'Null takes it away.', examples: [changed.city] }),
      interests: z
        .array(Interest)
        .max(12)
        .optional()
        .meta({ examples: [changed.interests] }),
      details: ProfileDetailsChange.optional().meta({ description: 'Beside your own words. What is left out stays.' }),
    },
    output: Profile.meta({
      examples: [
        {
          ...samplePeople.ada,
          ...changed,
          photos: [samplePeople.ada.photo],
          details: { ...noDetails, heightCm: 168, languages: ['pt', 'en'] },
          distanceKm: null,
          matched: false,
          friendship: 'none',
          completeness: { percent: 55, missing: ['more_photos', 'interests', 'looking_for', 'job', 'education', 'habits'] },
        },
      ],
    }),
    idempotency: 'natural',
  }),
};
