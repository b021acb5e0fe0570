import * as z from 'zod';
import { Photo } from './photos';
import { Id } from './primitives';
import { sampleIds, samplePeople } from './samples';

/** Nobody younger may register. In years. */
export const minimumAge = 18;
/** Ages above this are taken for typing errors. In years. */
export const maximumAge = 120;
/** Nobody on Earth is farther away than this. In kilometres. */
export const maximumDistanceKm = 20_038;

export const Gender = z.enum(['female', 'male', 'other']).meta({ id: 'Gender', description: 'As the person says.', examples: ['female'] });
export type Gender = z.infer<typeof Gender>;

export const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .meta({ description: 'The name others see.', examples: ['Ada'] });

/** Someone as others see them in a list: enough for a row, nothing private. */
export const Person = z
  .object({
    id: Id.meta({ examples: [sampleIds.ben] }),
    displayName: z.string().meta({ examples: [samplePeople.ben.displayName] }),
    age: z.int().meta({ description: 'In full years, today.', examples: [samplePeople.ben.age] }),
    gender: Gender.meta({ examples: [samplePeople.ben.gender] }),
    city: z
      .string()
      .nullable()
      .meta({ description: 'Null where they do not say.', examples: [samplePeople.ben.city] }),
    photo: Photo.nullable().meta({
      description: 'The first of their photos; null where they have none.',
      examples: [samplePeople.ben.photo],
    }),
  })
  .meta({ id: 'Person', description: 'Someone as others see them in a list.' });
export interface Person extends z.infer<typeof Person> {}
