import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { createWorld, type Device, type Newcomer, type World } from './world';

let world: World;
let ada: Device;

beforeAll(async () => {
  world = await createWorld({ settings: { accessTokenSeconds: 24 * 3600 } });
});
beforeEach(async () => {
  await world.database.db.execute(sql`truncate ${tables.users} cascade`);
  ada = await world.join('Ada');
});
afterAll(() => world.close());

/** People who joined one minute after the other. */
async function people(count: number, about?: Newcomer): Promise<Device[]> {
  const joined: Device[] = [];
  for (let one = 0; one < count; one += 1) {
    world.clock.pass(60);
    joined.push(await world.join(`Person${one}`, about));
  }
  return joined;
}

type Filters = Partial<Parameters<typeof ada.call<'discovery', 'discover'>>[1]>;

async function seen(filters: Filters = {}, viewer = ada): Promise<string[]> {
  const { items } = await viewer.call('discovery.discover', { limit: 100, ...filters });
  return items.map(({ id }) => id);
}

/** Someone does something on their device, and is noted as active. */
async function isActive(person: Device): Promise<void> {
  await person.call('users.me', {});
  await world.platform.settled();
}

describe('discovery', () => {
  it('shows people as profiles, the most recently active first', async () => {
    const [one, two, three] = (await people(3)) as [Device, Device, Device];
    expect(await seen()).toEqual([three.userId, two.userId, one.userId]);
    world.clock.pass(10 * 60);
    await isActive(one);
    expect(await seen()).toEqual([one.userId, three.userId, two.userId]);
    const { items } = await ada.call('discovery.discover', { limit: 1 });
    expect(items).toEqual([await ada.call('profiles.profile', { userId: one.userId })]);
  });

  it('leaves out oneself, whom one swiped on, and everyone whom one may not see', async () => {
    const next = async (): Promise<Device> => {
      const [person] = await people(1);
      if (person === undefined) throw new Error('Nobody joined.');
      return person;
    };
    await ada.call('swipes.swipe', { userId: (await next()).userId, action: 'like' });
    await ada.call('swipes.swipe', { userId: (await next()).userId, action: 'pass' });
    await world.block(ada, await next());
    await world.block(await next(), ada);
    await (await next()).call('users.updatePreferences', { privacy: { profileVisibility: 'hidden' } });
    await (await next()).call('users.updatePreferences', { privacy: { profileVisibility: 'matches' } });
    for (const status of ['banned', 'deleted', 'suspended'] as const) await world.setStanding(await next(), { status });
    const last = await next();
    expect(await seen()).toEqual([last.userId]);
    // Who passed on her is still there to be seen by her.
    await last.call('swipes.swipe', { userId: ada.userId, action: 'pass' });
    expect(await seen()).toEqual([last.userId]);
  });

  it('filters by gender and age, by preference where nothing else is asked for', async () => {
    const [young, old] = [
      await world.join('Young', { gender: 'male', birthDate: '2006-01-15' }),
      await world.join('Old', { gender: 'other', birthDate: '1976-01-16' }),
    ];
    const ids = async (filters?: Filters) => (await seen(filters)).sort();
    expect(await ids()).toEqual([young.userId, old.userId].sort());
    expect(await ids({ genders: ['male'] })).toEqual([young.userId]);
    expect(await ids({ genders: ['female'] })).toEqual([]);
    expect(await ids({ ageMin: 20, ageMax: 20 })).toEqual([young.userId]);
    expect(await ids({ ageMin: 21 })).toEqual([old.userId]);
    expect(await ids({ ageMax: 49, ageMin: 49 })).toEqual([old.userId]);
    expect(await ids({ ageMax: 48 })).toEqual([young.userId]);
    await ada.call('users.updatePreferences', { discovery: { genders: ['other'], ageMin: 40 } });
    expect(await ids()).toEqual([old.userId]);
    expect(await ids({ genders: ['male'], ageMin: 18 })).toEqual([young.userId]);
  });

  it('refuses a range of ages that is upside down, with the preferences too', async () => {
    expect(await ada.refusal('discovery.discover', { ageMin: 30, ageMax: 20 })).toMatchObject({ code: 'INVALID_AGE_RANGE' });
    await ada.call('users.updatePreferences', { discovery: { ageMax: 30 } });
    expect(await ada.refusal('discovery.discover', { ageMin: 31 })).toMatchObject({ details: { ageMin: 31, ageMax: 30 } });
  });

  it('comes in pages that neither repeat nor lose anyone while others are active in between', async () => {
    const everyone = await people(7);
    const found: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
      const { items, nextCursor } = await ada.call('discovery.discover', { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      found.push(...items.map(({ id }) => id));
      cursor = nextCursor ?? undefined;
      // Somebody already shown, and the viewer herself, do something.
      world.clock.pass(10 * 60);
      if (page === 0) await isActive(everyone.at(-1) as Device);
      await isActive(ada);
      // Somebody new comes: they are on the next first page, and not on this walk.
      if (page === 1) await world.join('Late');
    }
    expect(found).toEqual(everyone.map(({ userId }) => userId).reverse());
  });

  it('tells people apart who were active at the same moment', async () => {
    const joined: Device[] = [];
    for (let one = 0; one < 5; one += 1) joined.push(await world.join('Twin'));
    const first = await ada.call('discovery.discover', { limit: 2 });
    const second = await ada.call('discovery.discover', { limit: 2, cursor: first.nextCursor ?? '' });
    const third = await ada.call('discovery.discover', { limit: 2, cursor: second.nextCursor ?? '' });
    const found = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id));
    expect(found).toEqual(
      joined
        .map(({ userId }) => userId)
        .sort()
        .reverse(),
    );
    expect(third.nextCursor).toBeNull();
  });

  it('refuses a cursor that is not its own', async () => {
    await people(2);
    const clara = await world.join('Clara');
    await world.match(ada, clara);
    await world.match(ada, await world.join('Dora'));
    const { nextCursor } = await ada.call('matches.matches', { status: 'active', limit: 1 });
    expect(nextCursor).not.toBeNull();
    for (const cursor of [nextCursor, 'garbage', '', 'WyJkaXNjb3ZlcnkiXQ']) {
      expect(await ada.refusal('discovery.discover', { cursor })).toMatchObject({ code: 'INVALID_CURSOR', status: 400 });
    }
  });
});
