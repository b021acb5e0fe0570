import postgres, { type Sql } from 'postgres';
import type { Person } from '../run/people';
import type { PostgresServer } from '../run/postgres';
import type { ServerProcess } from '../run/server-process';
import { median } from '../run/statistics';
import { seedArchive, words } from './seed';

/** `platform`: as it is, without an index of words. `one index`: one over all conversations. `by conversation`: one that keeps each conversation's words apart. */
export type SearchSide = 'platform' | 'one index' | 'by conversation';

export interface SearchFigures {
  readonly side: SearchSide;
  /** Milliseconds until something is there, in the median, by what is looked for: as many calls as that takes. */
  readonly common: number;
  readonly rare: number;
  readonly two: number;
  /** Until all was looked at for what is nowhere; and the longest call of all these. */
  readonly nowhere: number;
  readonly longest: number;
  /** What writing a message costs the database, in microseconds of CPU. Null where the system does not tell. */
  readonly insertMicros: number | null;
  readonly insertsPerSecond: number;
  readonly megabytes: number;
}

interface Page {
  readonly items: readonly object[];
  readonly nextCursor: string | null;
}

interface Plan {
  readonly server: ServerProcess<{ readonly port: number; readonly people: readonly Person[] }>;
  readonly database: PostgresServer;
  readonly databaseUrl: string;
  readonly own: number;
  readonly conversations: number;
  readonly messages: number;
  readonly searches: number;
  readonly inserts: number;
}

const behindConversation = `replace(' ' || strip(to_tsvector('simple', text))::text, ' ''', ' ''' || right(conversation_id::text, 8))::tsvector`;

/** The indexes that stand beside the platform's way, and how one looks for words with them. */
const indexes: Readonly<Record<Exclude<SearchSide, 'platform'>, { readonly index: string; query(userId: string, asked: string): string }>> =
  {
    'one index': {
      index: `gin (to_tsvector('simple', text)) where text is not null`,
      query: (userId, asked) => `
        select messages.* from messages join conversation_members member on member.conversation_id = messages.conversation_id
        where to_tsvector('simple', text) @@ to_tsquery('simple', '${asked}') and text is not null
          and member.user_id = '${userId}' and member.left_at is null and messages.seq > member.joined_seq
        order by messages.id desc limit 21`,
    },
    'by conversation': {
      index: `gin ((${behindConversation})) with (fastupdate = off) where text is not null`,
      query: (userId, asked) => `
        select found.* from conversation_members member cross join lateral (
          select * from messages where conversation_id = member.conversation_id and seq > member.joined_seq and text is not null
            and ${behindConversation} @@ regexp_replace('${asked}', '''(\\w+)''', '''' || right(member.conversation_id::text, 8) || '\\1''', 'g')::tsquery
          order by id desc limit 21) found
        where member.user_id = '${userId}' and member.left_at is null order by found.id desc limit 21`,
    },
  };

const looked = { common: [words.common], rare: [words.rare], two: [words.other, words.rare], nowhere: [words.none] } as const;

async function timed(times: number, task: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  // The first is there to warm up.
  for (let turn = 0; turn <= times; turn += 1) {
    const began = performance.now();
    await task();
    if (turn > 0) taken.push(performance.now() - began);
  }
  return median(taken);
}

/** Messages are written one after the other by the server itself, so that what is counted is the table and its indexes. */
async function write(sql: Sql, { database, inserts, messages, conversations }: Plan, senderId: string) {
  const before = database.cpuMicros();
  const began = performance.now();
  await sql.unsafe(`
    do $$ declare talk uuid; begin
      for turn in 1..${inserts} loop
        select id into talk from bench_conversations where n = (turn * 7919) % ${conversations};
        insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
          values (gen_random_uuid(), talk, ${messages} + turn, '${senderId}', gen_random_uuid(), 'See you at ' || turn || ' in front of the station, ' || md5(turn::text), now());
      end loop;
    end $$`);
  const seconds = (performance.now() - began) / 1000;
  const after = database.cpuMicros();
  await sql.unsafe(`delete from messages where seq > ${messages}`);
  await sql.unsafe('vacuum messages');
  return {
    insertsPerSecond: inserts / seconds,
    insertMicros: before === null || after === null ? null : (after - before) / inserts,
  };
}

async function megabytesOf(sql: Sql, index: string): Promise<number> {
  const [row] = await sql<{ bytes: string }[]>`select coalesce(pg_relation_size(to_regclass(${index})), 0)::text as bytes`;
  return Number(row?.bytes ?? 0) / 1_000_000;
}

/** The platform's search and two indexes that it might have, one after the other, on the same messages. */
export async function measureSearch(plan: Plan): Promise<SearchFigures[]> {
  const { server, databaseUrl, own, conversations, messages, searches } = plan;
  const [person] = server.ready.people;
  if (person === undefined) throw new Error('There is nobody to search.');
  const { userId, token } = person;
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await seedArchive(sql, { userId, own, conversations, messages });
    let longest = 0;
    const page = async (asked: readonly string[], cursor: string): Promise<Page> => {
      const url = `http://127.0.0.1:${server.ready.port}/api/v1/messages/search?limit=20&q=${asked.join('%20')}${cursor}`;
      const began = performance.now();
      const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      if (!response.ok) throw new Error(`A search was answered with ${response.status}.`);
      const { data } = (await response.json()) as { data: Page };
      longest = Math.max(longest, performance.now() - began);
      return data;
    };
    const search = async (asked: readonly string[]) => {
      let cursor: string | null = '';
      while (cursor !== null) {
        const { items, nextCursor } = await page(asked, cursor);
        cursor = items.length > 0 || nextCursor === null ? null : `&cursor=${nextCursor}`;
      }
    };
    const figures: SearchFigures[] = [
      {
        side: 'platform',
        common: await timed(searches, () => search(looked.common)),
        rare: await timed(searches, () => search(looked.rare)),
        two: await timed(searches, () => search(looked.two)),
        nowhere: await timed(searches, () => search(looked.nowhere)),
        longest,
        ...(await write(sql, plan, userId)),
        megabytes: 0,
      },
    ];
    for (const side of ['one index', 'by conversation'] as const) {
      const { index, query } = indexes[side];
      await sql.unsafe(`create index bench_words on messages using ${index}`);
      await sql.unsafe('analyze messages');
      longest = 0;
      const find = async (asked: readonly string[]) => {
        const began = performance.now();
        await sql.unsafe(query(userId, asked.map((word) => `''${word}'':*`).join(' & ')));
        longest = Math.max(longest, performance.now() - began);
      };
      figures.push({
        side,
        common: await timed(searches, () => find(looked.common)),
        rare: await timed(searches, () => find(looked.rare)),
        two: await timed(searches, () => find(looked.two)),
        nowhere: await timed(searches, () => find(looked.nowhere)),
        longest,
        megabytes: await megabytesOf(sql, 'bench_words'),
        ...(await write(sql, plan, userId)),
      });
      await sql.unsafe('drop index bench_words');
    }
    return figures;
  } finally {
    await sql.end();
  }
}
