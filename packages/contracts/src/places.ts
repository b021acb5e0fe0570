import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { ClientId } from './primitives';
import { samplePlaces } from './samples';
import { Language } from './users';

export const PlaceId = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[\w:.-]+$/)
  .meta({
    description: 'Of a place, as `places.search` gives it. It may be another one some months later.',
    examples: [samplePlaces.lisbon.id],
  });

/**
 * Ties what is typed to what is chosen in the end: some providers bill the two as one. A new one for each time somebody
 * begins to type.
 */
export const PlaceSession = ClientId.optional().meta({
  description: 'Made by the client, the same from the first letter typed to the place chosen.',
  examples: ['0f8fad5b-d9cb-469f-a165-70867728950e'],
});

/** A place that fits what was typed. */
export const Place = z
  .object({
    id: PlaceId,
    name: z.string().meta({ description: 'In the language asked for, where it is known in it.', examples: [samplePlaces.lisbon.name] }),
    area: z
      .string()
      .nullable()
      .meta({ description: 'What it lies in, to tell it from others of its name; null where that is not known.', examples: ['Portugal'] }),
  })
  .meta({ id: 'Place', description: 'A place to choose.' });
export interface Place extends z.infer<typeof Place> {}

export const places = {
  search: endpoint({
    method: 'GET',
    path: '/places',
    summary: 'Places whose name begins like this, the most populous first.',
    description:
      'Accents and case do not matter. What comes after a comma narrows it down to a country or a state: `portland, us`. At most ten.',
    access: 'user',
    query: {
      query: z
        .string()
        .trim()
        .min(1)
        .max(80)
        .meta({ description: 'What was typed so far.', examples: ['lis'] }),
      language: Language.optional().meta({ description: 'Left out: the language of your app settings.' }),
      session: PlaceSession,
    },
    output: z
      .object({ items: z.array(Place).meta({ description: 'Empty where nothing fits.' }) })
      .meta({ id: 'PlaceList', description: 'Places that fit.' }),
    limit: { max: 120, windowSeconds: 60, by: ['user'] },
    transport: 'both',
  }),
};
