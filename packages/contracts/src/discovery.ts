import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { Gender, maximumAge, maximumDistanceKm, minimumAge } from './people';
import { page, pageFields } from './primitives';
import { Profile } from './profiles';

export const discovery = {
  discover: endpoint({
    method: 'GET',
    path: '/discovery',
    summary: 'People to swipe on, those who are near and right first.',
    description:
      'Wishes hold both ways: by gender, age and distance they have to be whom you want to see, and you whom they want to. Leaves out ' +
      'yourself, people you swiped on, and everyone you may not see. First comes whom you took back last, then who is boosted, then ' +
      'who super liked you; then who is near before who is farther (within 50, 200 and 800 km, and anywhere), and among these the ' +
      'most recently active, then the nearest. If you did not say where you are: the most recently active. Filters that are left ' +
      'out come from your preferences. A page may be shorter than its limit, or empty, and not be the last.',
    access: 'user',
    query: {
      ...pageFields,
      genders: z
        .array(Gender)
        .min(1)
        .max(3)
        .optional()
        .meta({ description: 'Who to see.', examples: [['male', 'other']] }),
      ageMin: z
        .int()
        .min(minimumAge)
        .max(maximumAge)
        .optional()
        .meta({ description: 'In years.', examples: [25] }),
      ageMax: z
        .int()
        .min(minimumAge)
        .max(maximumAge)
        .optional()
        .meta({ description: 'In years.', examples: [35] }),
      maxDistanceKm: z
        .int()
        .min(1)
        .max(maximumDistanceKm)
        .optional()
        .meta({ description: `In kilometres; ${maximumDistanceKm} is anywhere.`, examples: [50] }),
    },
    output: page(Profile).meta({ id: 'ProfilePage', description: 'A page of people.' }),
    errors: ['INVALID_CURSOR', 'INVALID_AGE_RANGE'],
  }),
};
