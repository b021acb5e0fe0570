import { once } from 'node:events';
import { type Point, type Spot, spotOf, worldsCities } from '@app/domain';
import postgres, { type Sql } from 'postgres';
import { seeded } from '../run/random';

/** A place that is far from every city, so that whoever lives near it is there in every crowd, and nobody else is. */
export const village: Point = { latitude: -20, longitude: -10 };

export interface Crowd {
  readonly databaseUrl: string;
  /** Everybody. */
  readonly people: number;
  /** Of them, those who live around the village: as many in every crowd. */
  readonly villagers: number;
}

/** Where people live: around the cities of the world, the more the more populous they are. */
async function spotsOfTheWorld(random: () => number): Promise<{ readonly spots: Spot[]; readonly draw: () => number }> {
  const { all } = await worldsCities();
  const spots: Spot[] = [];
  const upTo: number[] = [];
  let total = 0;
  for (const city of all) {
    // A large city spreads over many places, each of them as likely as the others of the city.
    const places = Math.ceil(Math.sqrt(city.population) / 4);
    for (let place = 0; place < places; place += 1) {
      spots.push(spotOf(near(city, Math.sqrt(places), random)));
      total += city.population / places;
      upTo.push(total);
    }
  }
  return {
    spots,
    draw() {
      const at = random() * total;
      let [low, high] = [0, upTo.length - 1];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((upTo[middle] ?? 0) <= at) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

/** Somewhere within so many kilometres, on the whole. */
function near({ latitude, longitude }: Point, kilometres: number, random: () => number): Point {
  const [bearing, far] = [random() * 2 * Math.PI, (kilometres * Math.sqrt(random())) / 111.2];
  return {
    latitude: Math.max(-89, Math.min(89, latitude + far * Math.cos(bearing))),
    longitude: longitude + (far * Math.sin(bearing)) / Math.cos((latitude * Math.PI) / 180),
  };
}

async function copy(sql: Sql, into: string, lines: Iterable<string>): Promise<void> {
  const stream = await sql.unsafe(`copy ${into} from stdin`).writable();
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < 65_536) continue;
    if (!stream.write(text)) await once(stream, 'drain');
    text = '';
  }
  stream.end(text);
  await once(stream, 'finish');
}

function* numbered(spots: readonly Spot[]): Iterable<string> {
  for (const [index, { near: middle, rough, cells }] of spots.entries()) {
    yield [index, middle.latitude, middle.longitude, rough.latitude, rough.longitude, cells[5], cells[4], cells[3]].join('\t');
  }
}

/**
 * Fills an empty database with people: accounts, profiles, wishes and places, a swipe each and some blocks, as they would have come by the front door, but by
 * SQL. Their cards are not made here: that is what the platform's own rebuild is for.
 */
export async function seedCrowd({ databaseUrl, people, villagers }: Crowd): Promise<void> {
  const random = seeded(people);
  const { spots, draw } = await spotsOfTheWorld(random);
  const world = spots.length;
  for (let place = 0; place < 200; place += 1) spots.push(spotOf(near(village, 40, random)));
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(`
      create unlogged table bench_spots (spot int primary key, near_latitude float8, near_longitude float8, rough_latitude float8,
        rough_longitude float8, cell_5 bigint, cell_4 bigint, cell_3 bigint);
      create unlogged table bench_people (n bigint primary key, id uuid not null default gen_random_uuid(), spot int not null)`);
    await copy(sql, 'bench_spots', numbered(spots));
    const lives = function* (): Iterable<string> {
      for (let n = 0; n < people; n += 1) yield `${n}\t${n < villagers ? world + (n % 200) : draw()}`;
    };
    await copy(sql, 'bench_people (n, spot)', lives());
    // Two of five want one gender alone; most want people of about their age; half want them near. Most were here this month.
    await sql.unsafe(`
      insert into users (id, created_at) select id, now() - interval '1 year' from bench_people;
      insert into profiles (user_id, display_name, birth_date, gender, city, bio, interests, last_active_at)
        select id, 'Person ' || n, date '2007-01-01' - ((n * 7919) % 15000)::int, (array['female','male','female','male','other'])[n % 5 + 1],
          'Somewhere', 'Likes long walks and short meetings.', array['climbing','cooking'],
          now() - (power((n * 104729 % 10007) / 10007.0, 4) * interval '120 days')
        from bench_people;
      insert into preferences (user_id, notifications, privacy, app, profile_visibility, show_distance, genders, age_min, age_max, max_distance_km)
        select id, '{"push":true,"email":false,"sms":false}', '{"showOnlineStatus":true,"showLastSeen":true}',
          '{"theme":"system","language":"en","autoPlayVideos":true}', case when n % 50 = 0 then 'hidden' else 'public' end, n % 20 <> 0,
          case n * 31 % 5 when 0 then array['female'] when 1 then array['male'] else array['female','male','other'] end,
          greatest(18, age - 12), least(120, age + 15), case when n % 2 = 0 then 100 end
        from (select id, n, date_part('year', age(date '2007-01-01' - ((n * 7919) % 15000)::int))::int as age from bench_people) people;
      insert into sync_heads (user_id) select id from bench_people;
      insert into locations (user_id, kind, latitude, longitude, city, country, updated_at, near_latitude, near_longitude, rough_latitude,
          rough_longitude, cell_5, cell_4, cell_3)
        select id, 'home', near_latitude, near_longitude, 'Somewhere', null, now(), near_latitude, near_longitude, rough_latitude,
          rough_longitude, cell_5, cell_4, cell_3
        from bench_people join bench_spots using (spot);
      insert into swipes (swiper_id, target_id, action, created_at)
        select swiper.id, target.id, case when swiper.n % 3 = 0 then 'like' else 'pass' end, now() - interval '3 days'
        from bench_people swiper join bench_people target on target.n = (swiper.n + 7) % ${people};
      insert into blocks (blocker_id, blocked_id, created_at)
        select blocker.id, blocked.id, now() - interval '3 days'
        from bench_people blocker join bench_people blocked on blocked.n = (blocker.n + 11) % ${people} where blocker.n % 20 = 0;
      drop table bench_people, bench_spots;
      analyze users, profiles, preferences, locations, swipes, blocks`);
  } finally {
    await sql.end();
  }
}
