import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { Gender, maximumAge, maximumDistanceKm, minimumAge } from './people';
import { page, pageFields } from './primitives';
import { Profile } from './profiles';

export const discovery = {
  discover: endpoint({
    method: 'GET',
    path: '/discovery',
    summary: 'People to swipe on, the most recently active first.',
    description:
      'Leaves out yourself, people you swiped on, and everyone you may not see. Filters that are left out come from your preferences.',
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
