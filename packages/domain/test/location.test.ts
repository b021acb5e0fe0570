import fc from 'fast-check';
import { greatCircleDistance } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { driftedCards } from '../src/discovery/cards';
import { areaAround, kilometresBetween, spotOf } from '../src/discovery/geometry';
import { createWorld, type Device, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const lisbon = { latitude: 38.7223, longitude: -9.1393 };
const sintra = { latitude: 38.8, longitude: -9.38 };
const paris = { latitude: 48.8566, longitude: 2.3522 };

async function pair(): Promise<[Device, Device]> {
  return [await world.join('Ada'), await world.join('Ben', { gender: 'male' })];
}

const distance = async (viewer: Device, other: Device) => (await viewer.call('profiles.profile', { userId: other.userId })).distanceKm;

const somewhere = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
const near = (centre: typeof lisbon, degrees: number) =>
  fc.record({
    latitude: fc.double({ min: -degrees, max: degrees, noNaN: true }).map((by) => Math.max(-90, Math.min(90, centre.latitude + by))),
    longitude: fc.double({ min: -degrees, max: degrees, noNaN: true }).map((by) => Math.max(-180, Math.min(180, centre.longitude + by))),
  });

describe('where someone is', () => {
  it('is nowhere at first', async () => {
    const ada = await world.join('Ada');
    expect(await ada.call('location.mine', {})).toEqual({ home: null, passport: null });
  });

  it('is said by the position of the device: kept to a hundred metres, with the city there', async () => {
    const ada = await world.join('Ada');
    const said = await ada.call('location.set', lisbon);
    expect(said).toEqual({
      home: { latitude: 38.722, longitude: -9.139, city: 'Lisbon', country: 'PT', updatedAt: world.clock.now.toISOString() },
      passport: null,
    });
    expect(await ada.call('location.mine', {})).toEqual(said);
    expect((await ada.call('profiles.profile', { userId: ada.userId })).city).toBe('Lisbon');
  });

  it('is said by a place, named in the language of the app', async () => {
    const ada = await world.join('Ada');
    await ada.call('users.updatePreferences', { app: { language: 'fr' } });
    const { items } = await ada.call('places.search', { query: 'lisb' });
    expect(items[0]).toEqual({ id: 'geonames:2267057', name: 'Lisbonne', area: 'Portugal' });
    const { home } = await ada.call('location.set', { placeId: items[0]?.id ?? '' });
    expect(home).toMatchObject({ latitude: 38.717, longitude: -9.133, city: 'Lisbonne', country: 'PT' });
    expect((await ada.call('places.search', { query: 'lisb', language: 'de' })).items[0]?.name).toBe('Lissabon');
  });

  it('is at sea without a city', async () => {
    const ada = await world.join('Ada');
    expect((await ada.call('location.set', { latitude: 0, longitude: -30 })).home).toMatchObject({ city: null, country: null });
  });

  it('is refused where it is not said properly, and stays as it was', async () => {
    const ada = await world.join('Ada');
    const before = await ada.call('location.set', sintra);
    for (const input of [
      {},
      { latitude: 38 },
      { longitude: 9 },
      { latitude: 91, longitude: 0 },
      { latitude: -90.001, longitude: 0 },
      { latitude: 0, longitude: 180.5 },
      { latitude: Number.NaN, longitude: 0 },
      { latitude: Number.POSITIVE_INFINITY, longitude: 0 },
      { latitude: '38', longitude: '9' },
      { ...lisbon, placeId: 'geonames:2267057' },
      { placeId: '' },
      { placeId: 'geonames:1/../../x' },
      { placeId: 'geonames:2267057', session: 'mine' },
      { ...lisbon, city: 'Atlantis' },
    ]) {
      for (const endpoint of ['location.set', 'location.setPassport']) {
        expect([endpoint, input, await ada.refusal(endpoint, input)]).toMatchObject([endpoint, input, { code: 'VALIDATION_FAILED' }]);
      }
    }
    expect(await ada.refusal('location.set', { placeId: 'geonames:1' })).toMatchObject({ code: 'PLACE_NOT_FOUND', status: 404 });
    expect(await ada.call('location.mine', {})).toEqual(before);
  });

  it('is forgotten when it is cleared, with the passport', async () => {
    const [ada, ben] = await pair();
    await ada.call('location.set', lisbon);
    await ben.call('location.set', sintra);
    await ben.call('location.setPassport', paris);
    expect(await ben.call('location.clear', {})).toEqual({ home: null, passport: null });
    expect(await distance(ada, ben)).toBeNull();
    expect((await ada.call('profiles.profile', { userId: ben.userId })).city).toBeNull();
    const { db } = world.database;
    expect((await db.select().from(tables.locations)).some(({ userId }) => userId === ben.userId)).toBe(false);
    expect(await driftedCards(db)).toEqual([]);
  });
});

describe('a passport', () => {
  it('moves where someone looks around and where others see them, until it is given back', async () => {
    const [ada, ben] = await pair();
    await ada.call('location.set', lisbon);
    await ben.call('location.set', sintra);
    const atHome = await distance(ada, ben);
    expect((await ben.call('location.setPassport', paris)).passport).toMatchObject({ city: 'Paris', country: 'FR' });
    expect(await distance(ada, ben)).toBeGreaterThan(1400);
    expect(await distance(ben, ada)).toBe(await distance(ada, ben));
    expect((await ada.call('profiles.profile', { userId: ben.userId })).city).toBe('Paris');
    // A home that changes meanwhile is not seen.
    await ben.call('location.set', lisbon);
    expect((await ada.call('profiles.profile', { userId: ben.userId })).city).toBe('Paris');
    await ben.call('location.set', sintra);
    expect((await ben.call('location.clearPassport', {})).passport).toBeNull();
    expect(await distance(ada, ben)).toBe(atHome);
    expect((await ada.call('profiles.profile', { userId: ben.userId })).city).toBe('Sintra');
    expect(await ben.call('location.clearPassport', {})).toMatchObject({ passport: null, home: { city: 'Sintra' } });
  });

  it('needs no home', async () => {
    const [ada, ben] = await pair();
    await ada.call('location.set', lisbon);
    await ben.call('location.setPassport', lisbon);
    expect(await distance(ada, ben)).toBe(1);
  });
});

describe('the distance that others see', () => {
  it('is rounded, the same for both, and none where either did not say where they are', async () => {
    const [ada, ben] = await pair();
    expect(await distance(ada, ben)).toBeNull();
    await ada.call('location.set', lisbon);
    expect(await distance(ada, ben)).toBeNull();
    expect(await distance(ben, ada)).toBeNull();
    await ben.call('location.set', sintra);
    const seen = await distance(ada, ben);
    expect(Math.abs((seen ?? 0) - kilometresBetween(lisbon, sintra))).toBeLessThan(4);
    expect(await distance(ben, ada)).toBe(seen);
    expect(await distance(ada, ada)).toBeNull();
  });

  it('is not shown of whoever hides it', async () => {
    const [ada, ben] = await pair();
    await ada.call('location.set', lisbon);
    await ben.call('location.set', sintra);
    await ben.call('users.updatePreferences', { privacy: { showDistance: false } });
    expect(await distance(ada, ben)).toBeNull();
    expect(await distance(ben, ada)).not.toBeNull();
    await ben.call('users.updatePreferences', { privacy: { showDistance: true } });
    expect(await distance(ada, ben)).not.toBeNull();
  });

  it('does not change while someone moves within their cell, from wherever it is asked', async () => {
    const [ada, ben] = await pair();
    const { near: middle } = spotOf(lisbon);
    await fc.assert(
      fc.asyncProperty(near(middle, 0.004), near(middle, 2), async (there, from) => {
        fc.pre(spotOf(there).near.latitude === middle.latitude);
        await ada.call('location.set', from);
        await ben.call('location.set', middle);
        const before = await distance(ada, ben);
        await ben.call('location.set', there);
        expect(await distance(ada, ben)).toBe(before);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves no position behind in anything that discovery reads', async () => {
    const ada = await world.join('Ada');
    await ada.call('location.set', lisbon);
    const cards = await world.database.db.select().from(tables.discoveryCards);
    const card = cards.find(({ userId }) => userId === ada.userId);
    expect(card).toMatchObject(spotOf({ latitude: 38.722, longitude: -9.139 }).near);
    await ada.call('users.updatePreferences', { privacy: { showDistance: false } });
    const hidden = (await world.database.db.select().from(tables.discoveryCards)).find(({ userId }) => userId === ada.userId);
    expect(hidden).toMatchObject(spotOf(lisbon).rough);
  });
});

describe('the geometry', () => {
  it('measures as H3 does', () => {
    fc.assert(
      fc.property(somewhere, somewhere, (one, other) => {
        const expected = greatCircleDistance([one.latitude, one.longitude], [other.latitude, other.longitude], 'km');
        expect(kilometresBetween(one, other)).toBeCloseTo(expected, 0);
      }),
    );
  });

  it('covers every circle: nobody within the radius is in a cell that is left out', () => {
    const radius = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 61, max: 250 }), fc.integer({ min: 251, max: 800 }));
    const poles = fc.constantFrom({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 17 }, { latitude: 0, longitude: 180 });
    fc.assert(
      fc.property(
        fc.oneof({ weight: 5, arbitrary: somewhere }, { weight: 1, arbitrary: poles }),
        radius,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (from, km, dice) => {
          const centre = spotOf(from).near;
          const area = areaAround(centre, km);
          const cells = new Set(area.cells);
          // A ring: without the cells in which everybody is nearer.
          const inner = km * 0.85;
          const beyond = new Set(areaAround(centre, km, inner).cells);
          for (let person = 0; person < 40; person += 1) {
            // Somewhere on the circle's rim or within it.
            const bearing = (dice.next().value ?? 0) * 2 * Math.PI;
            const far = (km / 6371) * (0.8 + 0.2 * (dice.next().value ?? 0));
            const radians = Math.PI / 180;
            const latitude = Math.asin(
              Math.sin(centre.latitude * radians) * Math.cos(far) + Math.cos(centre.latitude * radians) * Math.sin(far) * Math.cos(bearing),
            );
            const longitude =
              centre.longitude * radians +
              Math.atan2(
                Math.sin(bearing) * Math.sin(far) * Math.cos(centre.latitude * radians),
                Math.cos(far) - Math.sin(centre.latitude * radians) * Math.sin(latitude),
              );
            const spot = spotOf({ latitude: latitude / radians, longitude: longitude / radians });
            const distances = [spot.near, spot.rough].map((point) => kilometresBetween(centre, point));
            const cell = spot.cells[area.resolution];
            if (distances.some((distance) => distance <= km)) expect(cells.has(cell)).toBe(true);
            if (distances.some((distance) => distance > inner && distance <= km)) expect(beyond.has(cell)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('leaves the cells in the middle of a ring out', () => {
    expect(areaAround(lisbon, 50, 40).cells.length).toBeLessThan(areaAround(lisbon, 50).cells.length);
  });

  it('covers a circle by some dozens of cells, whatever its size', () => {
    for (const km of [1, 10, 50, 60, 61, 100, 200, 250, 251, 500, 800]) {
      expect([km, areaAround(lisbon, km).cells.length < 260]).toEqual([km, true]);
    }
  });
});
