import { api, type InputOf, type MyLocation, type Whereabouts } from '@app/contracts';
import { and, eq } from 'drizzle-orm';
import { syncCard } from '../discovery/cards';
import { type Point, spotOf } from '../discovery/geometry';
import type { Context, Work } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { implement } from '../pipeline/implement';
import { languageOf } from '../places/handlers';
import { nearestCity } from '../places/nearest';
import { profiles } from '../profiles/table';
import { locations } from './table';

type LocationRow = typeof locations.$inferSelect;
type Kind = LocationRow['kind'];
type Somewhere = InputOf<typeof api.location.set>;

/** Positions are kept to this part of a degree, about a hundred metres: nothing needs them finer. */
const kept = 1000;
const round = (degrees: number) => Math.round(degrees * kept) / kept;

function present(row: LocationRow | undefined): Whereabouts | null {
  if (row === undefined) return null;
  const { latitude, longitude, city, country, updatedAt } = row;
  return { latitude, longitude, city, country, updatedAt: updatedAt.toISOString() };
}

async function read({ db }: Work, userId: string): Promise<MyLocation> {
  const found = await db.select().from(locations).where(eq(locations.userId, userId));
  const of = (kind: Kind) => present(found.find((row) => row.kind === kind));
  return { home: of('home'), passport: of('passport') };
}

function refuse(path: string, message: string): never {
  throw fail('VALIDATION_FAILED', { issues: [{ path, message, code: 'custom' }] });
}

/** Where the input says, with the city there. It may ask outside, and reads the list of cities. */
async function resolve(context: Context<'PLACE_NOT_FOUND'>, { latitude, longitude, placeId, session }: Somewhere) {
  const language = await languageOf(context.db, context.caller.userId);
  if (placeId !== undefined) {
    if (latitude !== undefined || longitude !== undefined) refuse('placeId', 'Give a place or a position, not both');
    const place = await context.ports.places.find(placeId, { language, ...(session === undefined ? {} : { session }) });
    if (place === undefined) throw context.fail('PLACE_NOT_FOUND');
    return place;
  }
  if (latitude === undefined) return refuse('latitude', 'Give a place, or a position with both its numbers');
  if (longitude === undefined) return refuse('longitude', 'Give a place, or a position with both its numbers');
  const position = { latitude, longitude };
  const city = await nearestCity(position);
  return { ...position, city: city?.nameIn(language) ?? null, country: city?.country ?? null };
}

/** The profile's city is that of where someone is seen. */
async function seenIn(work: Work, userId: string, { home, passport }: MyLocation): Promise<void> {
  await work.db
    .update(profiles)
    .set({ city: (passport ?? home)?.city ?? null })
    .where(eq(profiles.userId, userId));
  await syncCard(work.db, userId);
}

type Found = Point & { readonly city: string | null; readonly country: string | null };

/** Notes where someone is, and answers all that is known of it. */
export async function putLocation(work: Work, userId: string, kind: Kind, found: Found): Promise<MyLocation> {
  const position = { latitude: round(found.latitude), longitude: round(found.longitude) };
  const { near, rough, cells } = spotOf(position);
  const columns = {
    ...position,
    city: found.city,
    country: found.country,
    updatedAt: work.now,
    nearLatitude: near.latitude,
    nearLongitude: near.longitude,
    roughLatitude: rough.latitude,
    roughLongitude: rough.longitude,
    cell5: BigInt(cells[5]),
    cell4: BigInt(cells[4]),
    cell3: BigInt(cells[3]),
  };
  await work.db
    .insert(locations)
    .values({ userId, kind, ...columns })
    .onConflictDoUpdate({ target: [locations.userId, locations.kind], set: columns });
  const now = await read(work, userId);
  await seenIn(work, userId, now);
  return now;
}

const setting = (kind: Kind) => ({
  async outside(
    context: Context<'PLACE_NOT_FOUND'> & { transact<T>(task: (work: Context<'PLACE_NOT_FOUND'>) => Promise<T>): Promise<T> },
    input: Somewhere,
  ) {
    const found = await resolve(context, input);
    return context.transact((work) => putLocation(work, work.caller.userId, kind, found));
  },
});

export const locationImplementation = implement(api.location, {
  mine: (context) => read(context, context.caller.userId),
  set: setting('home'),
  setPassport: setting('passport'),

  async clear(context) {
    const { userId } = context.caller;
    const gone = await context.db.delete(locations).where(eq(locations.userId, userId)).returning({ kind: locations.kind });
    const nowhere = { home: null, passport: null };
    if (gone.length > 0) await seenIn(context, userId, nowhere);
    return nowhere;
  },

  async clearPassport(context) {
    const { userId } = context.caller;
    const gone = await context.db
      .delete(locations)
      .where(and(eq(locations.userId, userId), eq(locations.kind, 'passport')))
      .returning({ kind: locations.kind });
    const now = await read(context, userId);
    if (gone.length > 0) await seenIn(context, userId, now);
    return now;
  },
});
