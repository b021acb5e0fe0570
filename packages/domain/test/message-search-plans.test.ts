import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tables } from '../src';
import { openFreshDatabase } from './empty-database';
import { createWorld, type Device, type World } from './world';

/** Ten conversations of others in which everybody says hello all the time, and two of Ada's: each of more than half of what one call looks at. */
const others = 10;
const said = 5_100;
const mostLookedAt = 10_000;

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
  // As old as their numbers are low.
  const idOf = (n: string) =>
    `overlay(lpad(to_hex(1700000000000 + ${n}), 12, '0') || substr(gen_random_uuid()::text, 15) placing '7' from 13)::uuid`;
  await client.exec(`
    create temporary table theirs as select ${idOf('n')} as id from generate_series(1, ${others}) n;
    insert into conversations (id, kind, open, created_at) select id, 'direct', true, now() from theirs;
    insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
      select ${idOf('n')}, id, n, '${ada.userId}', gen_random_uuid(), 'hello again', now() from theirs, generate_series(1, 100) n;
    insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
      select ${idOf('n')}, id, n, '${ada.userId}', gen_random_uuid(), case n when 1 then 'hello okapi' else 'hello again' end, now()
      from (values ('${mine[0]}'::uuid, ${said}), ('${mine[1]}', ${said + 1})) own (id, most), generate_series(1, most) n;
    analyze;`);
});
afterAll(async () => {
  await world.close();
  await client.close();
});

/** How many messages the database has read for the last search. */
async function lookedAt(): Promise<number> {
  const search = queries.findLast(({ query }) => query.includes('to_tsquery'));
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, format json) ${search?.query}`,
    search?.params,
  );
  const reads = nodesOf(rows[0]?.['QUERY PLAN'][0].Plan).filter((node) => node['Relation Name'] === 'messages');
  expect(reads.map((node) => node['Index Name'])).toEqual(['messages_in_order']);
  return reads.reduce((sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'], 0);
}

it.each(['hello', 'hel aga'])('stops looking for %j where a page of it is found', async (q) => {
  const { items } = await ada.call('messages.search', { q, limit: 5 });
  expect(items.map(({ conversationId, seq }) => [conversationId, seq])).toEqual([1, 0, -1, -2, -3].map((n) => [mine[1], said + n]));
  // The last is the next conversation's: with it this one is known to be through.
  expect(await lookedAt()).toBe(5 + 1 + 1);
});

it.each([
  ['okapi', [1, 1]],
  ['hel oka', [1, 1]],
  ['zebra', [0, 0]],
])('looks for %j among one’s own messages alone, so many of them a call', async (q, found) => {
  const first = await ada.call('messages.search', { q, limit: 5 });
  const looked = [await lookedAt()];
  const second = await ada.call('messages.search', { q, limit: 5, cursor: first.nextCursor ?? undefined });
  looked.push(await lookedAt());
  expect(second.nextCursor).toBeNull();
  expect([first.items.length, second.items.length]).toEqual(found);
  expect([...first.items, ...second.items].every(({ conversationId }) => mine.includes(conversationId))).toBe(true);
  // The server tells it by conversation, rounded.
  expect(looked[0]).toBeCloseTo(mostLookedAt, -1);
  expect(looked[1]).toBeCloseTo(2 * said + 1 - mostLookedAt, -1);
});
