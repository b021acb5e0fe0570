import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { spotOf } from '../src/discovery/geometry';
import { openFreshDatabase } from './empty-database';
import { createWorld, type Device, type World } from './world';

/** Six thousand people in a hundred places over half of the world, and one who looks around among sixty of them. */
const places = 100;
const people = 6_000;
const home = { latitude: -40, longitude: -10 };
const placeOf = (index: number) => ({
  latitude: home.latitude + Math.floor(index / 10) * 8,
  longitude: home.longitude + (index % 10) * 12,
});

let client: PGlite;
let world: World;
let ada: Device;
const queries: { readonly query: string; readonly params: unknown[] }[] = [];

beforeAll(async () => {
  const opened = await openFreshDatabase();
  client = opened.client;
  const logger = { logQuery: (query: string, params: unknown[]) => queries.push({ query, params }) };
  world = await createWorld({ database: { ...opened, db: drizzle(client, { schema: tables, logger }) } });
  ada = await world.join('Ada');
  const spots = Array.from({ length: places }, (_, index) => {
    const { near, rough, cells } = spotOf(placeOf(index));
    return `(${[index, near.latitude, near.longitude, rough.latitude, rough.longitude, cells[5], cells[4], cells[3]].join(', ')})`;
  });
  const now = `'${world.clock.now.toISOString()}'::timestamptz`;
  await client.exec(`
    create temporary table crowd as select n, overlay(gen_random_uuid()::text placing '7' from 15)::uuid as id from generate_series(0, ${people - 1}) n;
    insert into users (id, created_at) select id, ${now} from crowd;
    insert into profiles (user_id, display_name, birth_date, gender, last_active_at)
      select id, 'Person ' || n, '1996-01-01', 'male', ${now} - (n / ${places}) * interval '3 hours' from crowd;
    insert into preferences (user_id, notifications, privacy, app, profile_visibility, show_distance, genders, age_min, age_max)
      select id, '{}', '{}', '{}', 'public', true, array['female','male','other'], 18, 120 from crowd;
    insert into locations (user_id, kind, latitude, longitude, updated_at, near_latitude, near_longitude, rough_latitude, rough_longitude,
        cell_5, cell_4, cell_3)
      select id, 'home', a, b, ${now}, a, b, c, d, e, f, g
      from crowd join (values ${spots.join(', ')}) spot (place, a, b, c, d, e, f, g) on place = n % ${places};
    insert into swipes (swiper_id, target_id, action, created_at)
      select one.id, other.id, 'pass', ${now} from crowd one join crowd other on other.n = (one.n + 7) % ${people};
    insert into blocks (blocker_id, blocked_id, created_at)
      select one.id, other.id, ${now} from crowd one join crowd other on other.n = (one.n + 11) % ${people};`);
  await world.platform.work.transact((work) => work.enqueue('discovery.rebuild', { after: null }));
  // Two thousand cards a job, and each asks for the next.
  for (let job = 0; job < 4; job += 1) await world.platform.jobs.runDue();
  await ada.call('location.set', home);
  await client.exec('analyze');
});
afterAll(async () => {
  await world.close();
  await client.close();
});

describe('a page of discovery among thousands of people', () => {
  it('is three queries, which read nobody who is not near and none of their tables from end to end', async () => {
    queries.length = 0;
    const { items } = await ada.call('discovery.discover', { limit: 5, maxDistanceKm: 50 });
    expect(items).toHaveLength(5);
    const reads = queries.filter(({ query }) => /discovery_cards|"profiles"/.test(query));
    expect(reads).toHaveLength(3);
    let looked = 0;
    let asked = 0;
    for (const { query, params } of reads) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, timing off, costs off) ${query}`, params);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).not.toMatch(/Seq Scan on (discovery_cards|swipes|blocks|profiles|users|preferences)/);
      if (!query.includes('card.cell_5 = any')) continue;
      expect(plan).toContain('cards_by_cell_5');
      const times = (pattern: RegExp, counted: (found: number, loops: number) => number) =>
        [...plan.matchAll(pattern)].reduce((sum, [, found, loops]) => sum + counted(Number(found), Number(loops)), 0);
      looked += times(/cards_by_cell_5 .*rows=([\d.]+) loops=(\d+)/g, (found, loops) => found * loops);
      asked += times(/using swipes_\w+ on swipes .*rows=([\d.]+) loops=(\d+)/g, (_, loops) => loops);
    }
    expect(looked).toBeGreaterThan(0);
    // Herself and one other were active within the hour, which is looked through at three distances, and eight within the day,
    // who fill the page at the first: of the other fifty-one none is looked at.
    expect(Math.round(looked)).toBeLessThanOrEqual(3 * 2 + 8);
    // Nine fit. Of those who fill the page, and of one more, it is asked whether she swiped on them, and of nobody else.
    expect(asked).toBe(6);
  });
});
