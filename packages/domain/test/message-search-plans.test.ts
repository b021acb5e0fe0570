import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tables } from '../src';
import { openFreshDatabase } from './empty-database';
import { createWorld, type Device, type World } from './world';

/** Ten conversations of others in which everybody says hello all the time, and two of Ada's. */
const others = 10;
const said = 100;

/** A node of a plan, as far as it is read here. */
interface Node {
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

const nodesOf = (node: Node | undefined): Node[] => (node === undefined ? [] : [node, ...(node.Plans ?? []).flatMap(nodesOf)]);

let client: PGlite;
let world: World;
let ada: Device;
let mine: string[];
const queries: { readonly query: string; readonly params: unknown[] }[] = [];

beforeAll(async () => {
  const opened = await openFreshDatabase();
  client = opened.client;
  const logger = { logQuery: (query: string, params: unknown[]) => queries.push({ query, params }) };
  world = await createWorld({ database: { ...opened, db: drizzle(client, { schema: tables, logger }) } });
  ada = await world.join('Ada');
  mine = [];
  for (const name of ['Ben', 'Cleo']) {
    const other = await world.join(name);
    await world.match(ada, other);
    mine.push((await ada.call('conversations.openDirect', { userId: other.userId })).id);
  }
  const newId = "overlay(gen_random_uuid()::text placing '7' from 15)::uuid";
  await client.exec(`
    create temporary table theirs as select ${newId} as id from generate_series(1, ${others});
    insert into conversations (id, kind, open, created_at) select id, 'direct', true, now() from theirs;
    insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
      select ${newId}, id, n, '${ada.userId}', gen_random_uuid(), 'hello again', now() from theirs, generate_series(1, ${said}) n;
    insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
      select ${newId}, id::uuid, n, '${ada.userId}', gen_random_uuid(), case n when 1 then 'hello okapi' else 'hello again' end, now()
      from unnest('{${mine.join(',')}}'::text[]) id, generate_series(1, ${said}) n;
    analyze;`);
});
afterAll(async () => {
  await world.close();
  await client.close();
});

it.each([
  ['hello', 5, 2 * 6],
  ['okapi', 2, 2 * said],
  ['hello okapi', 2, 2 * said],
  ['hel oka', 2, 2 * said],
])('looks for %j among the messages of one’s own conversations alone', async (q, found, looked) => {
  queries.length = 0;
  const { items } = await ada.call('messages.search', { q, limit: 5 });
  expect(items).toHaveLength(found);
  expect(items.every(({ conversationId }) => mine.includes(conversationId))).toBe(true);
  const search = queries.find(({ query }) => query.includes('to_tsquery'));
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, format json) ${search?.query}`,
    search?.params,
  );
  const reads = nodesOf(rows[0]?.['QUERY PLAN'][0].Plan).filter((node) => node['Relation Name'] === 'messages');
  expect(reads.map((node) => node['Index Name'])).toEqual(['messages_in_order']);
  const read = reads.reduce((sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'], 0);
  // Where they are found soon the rest is not looked at.
  expect(read).toBe(looked);
});
