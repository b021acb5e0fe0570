import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { PlaceId, PlaceSession } from './places';
import { Timestamp } from './primitives';
import { samplePlaces } from './samples';

/** Where someone said they are. Only they themselves ever get it. */
export const Whereabouts = z
  .object({
    latitude: z.number().meta({ description: 'In degrees, kept to about a hundred metres.', examples: [samplePlaces.lisbon.latitude] }),
    longitude: z.number().meta({ description: 'In degrees, kept to about a hundred metres.', examples: [samplePlaces.lisbon.longitude] }),
    city: z
      .string()
      .nullable()
      .meta({ description: 'The city there, or the nearest one; null where none is near.', examples: [samplePlaces.lisbon.name] }),
    country: z
      .string()
      .nullable()
      .meta({ description: 'Its ISO 3166 code of two letters, where it is known.', examples: ['PT'] }),
    updatedAt: Timestamp,
  })
  .meta({ id: 'Whereabouts', description: 'Where you are. Nobody else ever gets it: others see a rounded distance.' });
export interface Whereabouts extends z.infer<typeof Whereabouts> {}

export const MyLocation = z
  .object({
    home: Whereabouts.nullable().meta({ description: 'Where you are; null where you did not say.' }),
    passport: Whereabouts.nullable().meta({
      description: 'Where you look around and are seen instead; null where you do not.',
      examples: [null],
    }),
  })
  .meta({ id: 'MyLocation', description: 'Where you are, and where you look around instead.' });
export interface MyLocation extends z.infer<typeof MyLocation> {}

/** A position of the device, or a place that was chosen: one of the two. */
const somewhere = {
  latitude: z
    .number()
    .min(-90)
    .max(90)
    .optional()
    .meta({ description: 'In degrees; together with `longitude`, and without `placeId`.', examples: [undefined] }),
  longitude: z
    .number()
    .min(-180)
    .max(180)
    .optional()
    .meta({ description: 'In degrees.', examples: [undefined] }),
  placeId: PlaceId.optional().meta({
    description: 'A place of `places.search`, instead of a position.',
    examples: [samplePlaces.lisbon.id],
  }),
  session: PlaceSession,
};

export const location = {
  mine: endpoint({
    method: 'GET',
    path: '/users/me/location',
    summary: 'Where you said you are.',
    access: 'user',
    output: MyLocation,
    transport: 'both',
  }),
  set: endpoint({
    method: 'PUT',
    path: '/users/me/location',
    summary: 'Say where you are: by the position of the device, or by a place.',
    description:
      'Your profile says the city. Others see about how far away you are, unless you hide it, and never where: distances are measured ' +
      'between the middles of areas of some five square kilometres.',
    access: 'user',
    body: somewhere,
    output: MyLocation,
    errors: ['PLACE_NOT_FOUND'],
    limit: { max: 60, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  clear: endpoint({
    method: 'DELETE',
    path: '/users/me/location',
    summary: 'Forget where you are, a passport too.',
    access: 'user',
    output: MyLocation.meta({ examples: [{ home: null, passport: null }] }),
    idempotency: 'natural',
    transport: 'both',
  }),
  setPassport: endpoint({
    method: 'PUT',
    path: '/users/me/passport',
    summary: 'Look around, and be seen, in another place than you are.',
    description: 'Distances are measured from there, for you and for others, and your profile says its city.',
    access: 'user',
    body: somewhere,
    output: MyLocation,
    errors: ['PLACE_NOT_FOUND'],
    limit: { max: 30, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  clearPassport: endpoint({
    method: 'DELETE',
    path: '/users/me/passport',
    summary: 'Be seen where you are again.',
    access: 'user',
    output: MyLocation,
    idempotency: 'natural',
    transport: 'both',
  }),
};
