import type { Gender } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { driftedCards } from '../src/discovery/cards';
import { kilometresBetween, spotOf } from '../src/discovery/geometry';
import { ageOn } from '../src/people/age';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;

beforeAll(async () => {
  world = await createWorld({ settings: { accessTokenSeconds: 400 * 24 * 3600, sessionSeconds: 400 * 24 * 3600, superLikesPerDay: null } });
});
beforeEach(async () => {
  world.clock.set('2026-01-15T12:00:00.000Z');
  await world.database.db.execute(sql`truncate ${tables.users} cascade`);
  ada = await world.join('Ada');
});
afterAll(() => world.close());

const lisbon = { latitude: 38.72, longitude: -9.14 };
/** So many kilometres to the north of Lisbon, more or less. */
const north = (km: number) => ({ latitude: 38.72 + km / 111.2, longitude: -9.14 });

async function at(name: string, km: number, about: Parameters<World['join']>[1] = {}): Promise<Device> {
  const person = await world.join(name, about);
  await person.call('location.set', north(km));
  return person;
}

type Filters = Partial<Parameters<typeof ada.call<'discovery', 'discover'>>[1]>;

async function found(viewer: Device, filters: Filters = {}): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await viewer.call('discovery.discover', { limit: 100, ...filters, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

const sees = async (viewer: Device, other: Device) => (await found(viewer)).includes(other.userId);

describe('distance', () => {
  it('is kept to, by preference and by what is asked for, to the metre between the middles of cells', async () => {
    const [near, far] = [await at('Near', 20), await at('Far', 120)];
    await ada.call('location.set', lisbon);
    const km = (person: Device, rounding: (value: number) => number) =>
      rounding(kilometresBetween(spotOf(lisbon).near, spotOf(north(person === near ? 20 : 120)).near));
    expect(await found(ada)).toEqual([near.userId, far.userId]);
    expect(await found(ada, { maxDistanceKm: km(near, Math.floor) })).toEqual([]);
    expect(await found(ada, { maxDistanceKm: km(near, Math.ceil) })).toEqual([near.userId]);
    expect(await found(ada, { maxDistanceKm: km(far, Math.floor) })).toEqual([near.userId]);
    expect(await found(ada, { maxDistanceKm: km(far, Math.ceil) })).toEqual([near.userId, far.userId]);
    await ada.call('users.updatePreferences', { discovery: { maxDistanceKm: 50 } });
    expect(await found(ada)).toEqual([near.userId]);
    expect(await found(ada, { maxDistanceKm: 20_038 })).toEqual([near.userId, far.userId]);
  });

  it('holds the other way round: who wants people near is not shown to who is far', async () => {
    const far = await at('Far', 120);
    await ada.call('location.set', lisbon);
    await far.call('users.updatePreferences', { discovery: { maxDistanceKm: 100 } });
    expect(await sees(ada, far)).toBe(false);
    await far.call('users.updatePreferences', { discovery: { maxDistanceKm: 150 } });
    expect(await sees(ada, far)).toBe(true);
  });

  it('means nothing for who did not say where they are, and keeps them from who wants people near', async () => {
    const [nowhere, picky] = [await world.join('Nowhere'), await at('Picky', 5)];
    await picky.call('users.updatePreferences', { discovery: { maxDistanceKm: 10 } });
    await ada.call('users.updatePreferences', { discovery: { maxDistanceKm: 10 } });
    expect(await found(ada)).toEqual([nowhere.userId]);
    expect(await found(picky)).toEqual([]);
    await ada.call('location.set', lisbon);
    expect(await found(ada)).toEqual([picky.userId]);
    expect(await found(picky)).toEqual([ada.userId]);
    expect(await found(nowhere)).toEqual([]);
    await ada.call('users.updatePreferences', { discovery: { maxDistanceKm: null } });
    expect((await found(ada)).sort()).toEqual([picky.userId, nowhere.userId].sort());
  });

  it('is told on each card as on the profile, and not of who hides it', async () => {
    const [near, shy] = [await at('Near', 20), await at('Shy', 20)];
    await shy.call('users.updatePreferences', { privacy: { showDistance: false } });
    await ada.call('location.set', lisbon);
    const { items } = await ada.call('discovery.discover', { limit: 10 });
    const shown = new Map(items.map((profile) => [profile.id, profile]));
    expect(shown.get(near.userId)).toEqual(await ada.call('profiles.profile', { userId: near.userId }));
    expect(shown.get(near.userId)?.distanceKm).toBeGreaterThan(15);
    expect(shown.get(shy.userId)).toMatchObject({ distanceKm: null });
  });

  it('goes by the passport, for the one who looks and the one who is seen', async () => {
    const [near, traveller] = [await at('Near', 5), await at('Traveller', 5)];
    await ada.call('location.set', lisbon);
    await ada.call('users.updatePreferences', { discovery: { maxDistanceKm: 50 } });
    await traveller.call('location.setPassport', north(1500));
    expect(await found(ada)).toEqual([near.userId]);
    await ada.call('location.setPassport', north(1510));
    expect(await found(ada)).toEqual([traveller.userId]);
  });
});

describe('wishes of gender and age', () => {
  it('hold both ways round', async () => {
    const ben = await world.join('Ben', { gender: 'male', birthDate: '1990-06-01' });
    expect(await sees(ada, ben)).toBe(true);
    await ben.call('users.updatePreferences', { discovery: { genders: ['male', 'other'] } });
    expect(await sees(ada, ben)).toBe(false);
    await ben.call('users.updatePreferences', { discovery: { genders: ['female'], ageMin: 30 } });
    expect(await sees(ada, ben)).toBe(false);
    await ben.call('users.updatePreferences', { discovery: { ageMin: 29, ageMax: 29 } });
    expect(await sees(ada, ben)).toBe(true);
    expect(await sees(ben, ada)).toBe(true);
  });

  it('turn with a birthday, on the day itself, both ways round', async () => {
    const ben = await world.join('Ben', { gender: 'male', birthDate: '1996-01-16' });
    await ada.call('users.updatePreferences', { discovery: { ageMin: 30, ageMax: 30 } });
    expect(await sees(ada, ben)).toBe(false);
    expect(await sees(ben, ada)).toBe(false);
    world.clock.set('2026-01-16T00:00:00.000Z');
    expect(await sees(ada, ben)).toBe(true);
    expect(await sees(ben, ada)).toBe(true);
    world.clock.set('2027-01-15T23:59:59.999Z');
    expect(await sees(ada, ben)).toBe(true);
    world.clock.set('2027-01-16T00:00:00.000Z');
    expect(await sees(ada, ben)).toBe(false);
  });
});

describe('the order', () => {
  async function boost(person: Device, hours: number): Promise<void> {
    const boostedUntil = new Date(world.clock.now.getTime() + hours * 3_600_000);
    const { db } = world.database;
    await db.update(tables.profiles).set({ boostedUntil }).where(eq(tables.profiles.userId, person.userId));
    await person.call('users.updateMe', { displayName: 'Boosted' });
  }

  it('is: taken back, boosted, super liking, then lately active, then near', async () => {
    await ada.call('location.set', lisbon);
    const idle = await at('Idle', 1);
    world.clock.pass(3 * 24 * 3600);
    const [near, far, liking, boosted, rewound] = [
      await at('Near', 8),
      await at('Far', 30),
      await at('Liking', 40),
      await at('Boosted', 45),
      await at('Rewound', 48),
    ];
    await liking.call('swipes.swipe', { userId: ada.userId, action: 'super_like' });
    await boost(boosted, 1);
    await ada.call('swipes.swipe', { userId: rewound.userId, action: 'pass' });
    await ada.call('swipes.undoSwipe', {});
    const expected = [rewound, boosted, liking, near, far, idle].map(({ userId }) => userId);
    expect(await found(ada)).toEqual(expected);
    expect(await found(ada, { limit: 1 })).toEqual(expected);
    // A boost that is over is none.
    world.clock.pass(2 * 3600);
    expect((await found(ada)).slice(0, 3)).toEqual([rewound, liking, near].map(({ userId }) => userId));
  });

  it('goes outward where nobody is left nearby, and ends with who did not say where they are', async () => {
    await ada.call('location.set', lisbon);
    const nowhere = await world.join('Nowhere');
    const people: Device[] = [];
    for (const km of [3_000, 600, 150, 20]) people.unshift(await at(`At${km}`, km));
    const walk = await found(ada, { limit: 1 });
    expect(walk.slice(0, 3)).toEqual(people.slice(0, 3).map(({ userId }) => userId));
    expect(walk.slice(3).sort()).toEqual([people[3]?.userId, nowhere.userId].sort());
  });

  it('neither repeats nor loses anyone while people swipe, are active and like in between', async () => {
    await ada.call('location.set', lisbon);
    const people: Device[] = [];
    for (let one = 0; one < 12; one += 1) {
      people.push(await at(`Person${one}`, (one * 37) % 100));
      world.clock.pass(3 * 3600);
    }
    const walk: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.call('discovery.discover', { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      cursor = page.nextCursor ?? undefined;
      for (const { id } of page.items) {
        walk.push(id);
        await ada.call('swipes.swipe', { userId: id, action: 'pass' });
      }
      world.clock.pass(3600);
      // Who was shown likes her in turn, and is active.
      const shown = people.find(({ userId }) => userId === walk.at(-1));
      await shown?.call('swipes.swipe', { userId: ada.userId, action: 'super_like' });
      await world.platform.settled();
    } while (cursor !== undefined);
    expect(walk).toHaveLength(12);
    expect(new Set(walk)).toEqual(new Set(people.map(({ userId }) => userId)));
    expect(await found(ada)).toEqual([]);
  });

  it('brings somebody taken back first, also after others, and only while they fit', async () => {
    const [one, two, three] = [await world.join('One'), await world.join('Two'), await world.join('Three')];
    for (const { userId } of [one, two, three]) await ada.call('swipes.swipe', { userId, action: 'pass' });
    await ada.call('swipes.undoSwipe', {});
    world.clock.pass(60);
    await world.join('Newer');
    expect((await found(ada))[0]).toBe(three.userId);
    await three.call('users.updatePreferences', { privacy: { profileVisibility: 'hidden' } });
    expect(await found(ada)).not.toContain(three.userId);
    await three.call('users.updatePreferences', { privacy: { profileVisibility: 'public' } });
    await ada.call('swipes.swipe', { userId: three.userId, action: 'pass' });
    expect(await found(ada)).not.toContain(three.userId);
  });
});

describe('a cursor that was made up', () => {
  const cursor = (...parts: unknown[]) => btoa(JSON.stringify(parts)).replace(/=+$/, '');
  const id = '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10';
  const then = '2026-01-15T10:30:00.000Z';

  it.each([
    [[then, id]],
    [[then, [1, 2, 3]]],
    [[then, [-1, 0, 0, id]]],
    [[then, [1, 0, 1e12, id]]],
    [[then, [1, 0.5, 0, id]]],
    [[then, [1, 0, 0, 'x']]],
    [['0000-01-01T00:00:00.000Z', [1, 0, 0, id]]],
    [[then, ['world', 'x', id, 0]]],
    [[then, ['world', '0000-01-01T00:00:00.000Z', id, 0]]],
    [[then, ['moon', then, id, 0]]],
    [[then, ['world', then, id, -1]]],
  ])('is refused: %j', async (key) => {
    expect(await ada.refusal('discovery.discover', { cursor: cursor('discovery', key) })).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  it.each([
    [['0001-01-01T00:00:00.000Z', [1, 0, 0, id]]],
    [['9999-12-31T23:59:59.999Z', [0, 0, 0, id]]],
    [[then, [10, 1000, 2_147_483_647, id]]],
    [[then, ['world', '9999-12-31T23:59:59.999Z', id, 100]]],
    [[then, ['world', '0001-01-01T00:00:00.000Z', id, 0]]],
  ])('does no harm where it has the form of its own: %j', async (key) => {
    for (const where of [undefined, lisbon]) {
      if (where !== undefined) await ada.call('location.set', where);
      const { items } = await ada.call('discovery.discover', { limit: 5, cursor: cursor('discovery', key) });
      expect(items).toEqual([]);
    }
  });
});

describe('input that is not right', () => {
  it.each([
    [{ maxDistanceKm: 0 }, 'VALIDATION_FAILED'],
    [{ maxDistanceKm: -5 }, 'VALIDATION_FAILED'],
    [{ maxDistanceKm: 1.5 }, 'VALIDATION_FAILED'],
    [{ maxDistanceKm: 20_039 }, 'VALIDATION_FAILED'],
    [{ maxDistanceKm: Number.NaN }, 'VALIDATION_FAILED'],
    [{ genders: [] }, 'VALIDATION_FAILED'],
    [{ ageMin: 17 }, 'VALIDATION_FAILED'],
    [{ ageMin: 40, ageMax: 30 }, 'INVALID_AGE_RANGE'],
  ])('is refused: %j', async (input, code) => {
    expect(await ada.refusal('discovery.discover', input)).toMatchObject({ code });
  });
});

describe('discovery as a whole', () => {
  const genders: readonly Gender[] = ['female', 'male', 'other'];
  const person = fc.record({
    gender: fc.constantFrom(...genders),
    birthDate: fc.constantFrom('1976-01-15', '1986-01-16', '1996-01-15', '2001-07-01', '2008-01-15'),
    genders: fc.subarray([...genders], { minLength: 1 }),
    ages: fc
      .tuple(fc.integer({ min: 18, max: 55 }), fc.integer({ min: 18, max: 55 }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
    km: fc.option(fc.constantFrom(0, 3, 20, 49, 60, 190, 230, 790, 900, 4_000)),
    within: fc.option(fc.constantFrom(1, 10, 50, 100, 500, 800, 2_000)),
    hides: fc.boolean(),
    visibility: fc.constantFrom('public', 'public', 'public', 'matches', 'hidden'),
    status: fc.constantFrom('active', 'active', 'active', 'banned', 'suspended', 'deleted'),
    idleHours: fc.constantFrom(0, 2, 30, 200, 1_000),
    swiped: fc.constantFrom('no', 'no', 'no', 'pass', 'like'),
    superLikes: fc.boolean(),
    blocks: fc.constantFrom('no', 'no', 'no', 'mine', 'theirs'),
    boosted: fc.constantFrom(false, false, true),
  });
  type Made = typeof person extends fc.Arbitrary<infer T> ? T : never;

  /** People who all fit each other, but for a few things: so that each wish is the only one in the way of somebody. */
  const fitting = (km: 0 | 60): Made => ({
    gender: 'female',
    birthDate: '1996-01-15',
    genders: [...genders],
    ages: [18, 55],
    km,
    within: null,
    hides: false,
    visibility: 'public',
    status: 'active',
    idleHours: 0,
    swiped: 'no',
    superLikes: false,
    blocks: 'no',
    boosted: false,
  });
  const differing = (km: 0 | 60, among: readonly (keyof Made)[], minLength: number) =>
    fc.tuple(person, fc.subarray([...among], { minLength, maxLength: 2 })).map(([any, fields]): Made => {
      const one: Made = fitting(km);
      return { ...one, ...Object.fromEntries(fields.map((field) => [field, any[field]])) };
    });

  /** One who has a wish of each kind, each with somebody whom it alone keeps away. */
  const wishful = fc
    .record({
      gender: fc.constantFrom(...genders),
      genders: fc.subarray([...genders], { minLength: 1, maxLength: 2 }),
      within: fc.constantFrom(50, 100, 800, 2_000),
      swiped: fc.constantFrom('pass', 'like'),
      visibility: fc.constantFrom('matches', 'hidden'),
      hides: fc.boolean(),
    })
    .map(({ swiped, visibility, ...wishes }) => {
      const seeker: Made = { ...fitting(0), ...wishes, ages: [25, 35], visibility: 'public' };
      const liked: Made = { ...fitting(0), gender: wishes.genders[0] ?? 'female', km: 20 };
      const inTheWay: Partial<Made>[] = [
        {},
        { gender: genders.find((gender) => !wishes.genders.includes(gender)) ?? 'other' },
        { genders: genders.filter((gender) => gender !== wishes.gender) },
        { birthDate: '1976-01-15' },
        { birthDate: '2008-01-15' },
        { ages: [18, 29] },
        { ages: [31, 55] },
        { km: 4_000 },
        { km: 4_000, superLikes: true },
        { km: null },
        { within: 10 },
        { swiped },
        { blocks: 'mine' },
        { blocks: 'theirs' },
        { visibility },
        { status: 'banned' },
        { status: 'suspended' },
        { status: 'deleted' },
      ];
      return { seeker, others: inTheWay.map((difference): Made => ({ ...liked, ...difference })) };
    });

  const among = Object.keys(fitting(60)) as (keyof Made)[];
  const anybody = fc.record({
    seeker: differing(0, ['gender', 'birthDate', 'genders', 'ages', 'within', 'km', 'hides'], 1),
    others: fc.array(fc.oneof({ weight: 4, arbitrary: differing(60, among, 0) }, { weight: 1, arbitrary: person }), {
      minLength: 4,
      maxLength: 12,
    }),
  });

  const spotFor = ({ km, hides }: Made) => {
    if (km === null) return null;
    const spot = spotOf(north(km));
    return hides ? spot.rough : spot.near;
  };

  async function make(one: Made, index: number): Promise<Device> {
    const device = await world.join(`Someone${index}`, { gender: one.gender, birthDate: one.birthDate });
    const { db } = world.database;
    if (one.km !== null) await device.call('location.set', north(one.km));
    await db
      .update(tables.profiles)
      .set({
        lastActiveAt: new Date(world.clock.now.getTime() - one.idleHours * 3_600_000),
        boostedUntil: one.boosted ? new Date(world.clock.now.getTime() + 3_600_000) : null,
      })
      .where(eq(tables.profiles.userId, device.userId));
    await device.call('users.updatePreferences', {
      discovery: { genders: [...one.genders], ageMin: one.ages[0], ageMax: one.ages[1], maxDistanceKm: one.within },
      privacy: { showDistance: !one.hides, profileVisibility: one.visibility as 'public' },
    });
    return device;
  }

  it('finds just whom a plain reading of the rules would find, each once, ring by ring', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 1, arbitrary: wishful }, { weight: 2, arbitrary: anybody }),
        fc.integer({ min: 1, max: 4 }),
        async ({ seeker, others }, limit) => {
          const { db } = world.database;
          await db.execute(sql`truncate ${tables.users} cascade`);
          world.clock.set('2026-01-15T12:00:00.000Z');
          const now = world.clock.now;
          const session = await make({ ...seeker, visibility: 'public', boosted: false }, 0);
          const seekerId = session.userId;
          const ids: string[] = [];
          for (const [index, one] of others.entries()) {
            const { userId } = await make(one, index + 1);
            ids.push(userId);
            if (one.swiped !== 'no')
              await db.insert(tables.swipes).values({ swiperId: seekerId, targetId: userId, action: one.swiped as 'pass', createdAt: now });
            if (one.superLikes)
              await db.insert(tables.swipes).values({ swiperId: userId, targetId: seekerId, action: 'super_like', createdAt: now });
            if (one.blocks !== 'no') {
              const [blockerId, blockedId] = one.blocks === 'mine' ? [seekerId, userId] : [userId, seekerId];
              await db.insert(tables.blocks).values({ blockerId, blockedId, createdAt: now });
            }
            await db
              .update(tables.users)
              .set({ status: one.status as 'active' })
              .where(eq(tables.users.id, userId));
          }

          const wants = (from: Made, to: Made) => {
            const age = ageOn(to.birthDate, now);
            const [one, other] = [spotFor(from), spotFor(to)];
            const near =
              from.within === null ||
              one === null ||
              (other !== null && Math.round(kilometresBetween(one, other) * 1000) <= from.within * 1000);
            return from.genders.includes(to.gender) && age >= from.ages[0] && age <= from.ages[1] && near;
          };
          const expected = ids.filter((_, index) => {
            const one = others[index] as Made;
            return (
              wants(seeker, one) &&
              wants(one, seeker) &&
              one.swiped === 'no' &&
              one.blocks === 'no' &&
              one.status === 'active' &&
              one.visibility === 'public'
            );
          });
          const walk = await found(session, { limit });
          expect([...walk].sort()).toEqual([...expected].sort());

          // Whom nothing lifts comes ring by ring.
          const here = spotFor(seeker);
          const rings = walk.flatMap((id) => {
            const one = others[ids.indexOf(id)] as Made;
            const there = spotFor(one);
            if (here === null || one.superLikes || one.boosted) return [];
            const km = there === null ? Number.POSITIVE_INFINITY : kilometresBetween(here, there);
            return [[50, 200, 800, Number.POSITIVE_INFINITY].findIndex((end) => km <= end)];
          });
          expect(rings).toEqual([...rings].sort());
        },
      ),
      { numRuns: 6, examples: fc.sample(fc.tuple(wishful, fc.constant(3)), 2) },
    );
  });

  it('has every card in step, whichever door a change comes through', async () => {
    const { db } = world.database;
    const drift = () => driftedCards(db);
    const ben = await world.join('Ben', { gender: 'male' });
    expect(await drift()).toEqual([]);
    for (const change of [
      () => ben.call('users.updateMe', { gender: 'other', birthDate: '1991-02-03' }),
      () => ben.call('users.updatePreferences', { discovery: { genders: ['other'], ageMin: 20, ageMax: 40, maxDistanceKm: 12 } }),
      () => ben.call('location.set', lisbon),
      () => ben.call('location.setPassport', north(900)),
      () => ben.call('users.updatePreferences', { privacy: { showDistance: false, profileVisibility: 'matches' } }),
      () => ben.call('location.clearPassport', {}),
      () => ben.call('location.clear', {}),
      async () => {
        world.clock.pass(3600);
        await ben.call('users.me', {});
        await world.platform.settled();
      },
    ]) {
      await change();
      expect(await drift()).toEqual([]);
    }
  });

  it('finds drift, and brings cards back in step', async () => {
    const { db } = world.database;
    const ben = await world.join('Ben');
    await world.join('Clara');
    await db.update(tables.profiles).set({ gender: 'other' }).where(eq(tables.profiles.userId, ben.userId));
    await db.delete(tables.discoveryCards).where(eq(tables.discoveryCards.userId, ada.userId));
    expect(await driftedCards(db)).toEqual([ada.userId, ben.userId].sort());
    await world.platform.work.transact((work) => work.enqueue('discovery.rebuild', { after: null }));
    await world.platform.jobs.runDue();
    expect(await driftedCards(db)).toEqual([]);
    expect(world.log.filter(({ message }) => message.startsWith('cards of discovery'))).toMatchObject([{ fields: { cards: 2 } }]);
    world.log.splice(0);
  });

  it('does not show whom the cards still hold and the rules do not', async () => {
    const ben = await world.join('Ben');
    await world.database.db.update(tables.users).set({ status: 'banned' }).where(eq(tables.users.id, ben.userId));
    expect(await found(ada)).toEqual([]);
  });
});
