import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { transactOneByOne } from '../src/db/database';
import { openFreshDatabase } from './empty-database';
import { createWorld, type Device, type World } from './world';

let client: PGlite;
let world: World;
let ada: Device;
let ben: Device;
let mona: Device;
let conversationId: string;
let groupId: string;
const queries: { readonly query: string; readonly params: unknown[] }[] = [];

beforeAll(async () => {
  const opened = await openFreshDatabase();
  client = opened.client;
  const logger = { logQuery: (query: string, params: unknown[]) => queries.push({ query, params }) };
  const db = drizzle(client, { schema: tables, logger });
  world = await createWorld({ database: { ...opened, db, transact: transactOneByOne(db) } });
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
  await world.match(ada, ben);
  conversationId = (await ada.call('conversations.openDirect', { userId: ben.userId })).id;
  groupId = (await ada.call('groups.create', { name: 'Planners', userIds: [ben.userId] })).id;
  mona = await world.join('Mona');
  await world.setStanding(mona, { role: 'owner' });
  // The tables are all but empty, where reading them whole is cheapest: plans that can do without are taken all the same.
  await client.exec('set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off');
});
afterAll(async () => {
  await world.close();
  await client.close();
});

/** How the database goes about the queries on a table that `task` makes. */
async function plansOf(table: string, task: () => Promise<unknown>): Promise<string[]> {
  queries.length = 0;
  await task();
  const about = queries.filter(({ query }) => query.includes(` "${table}"`) && !query.startsWith('insert'));
  expect(about).not.toEqual([]);
  const plans: string[] = [];
  for (const { query, params } of about) {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${query}`, params);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
  return plans;
}

const cursor = (...parts: unknown[]) => btoa(JSON.stringify(parts)).replace(/=+$/, '');
const then = '2030-01-01T00:00:00.000Z';
const id = '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10';

describe('a page', () => {
  it.each<[string, string, string, () => Promise<unknown>]>([
    [
      'of messages around one',
      'messages',
      'messages_in_order',
      () => ada.call('messages.history', { conversationId, around: 1, limit: 20 }),
    ],
    ['of what is pinned', 'messages', 'messages_pinned', () => ada.call('messages.pinned', { conversationId, limit: 20 })],
    [
      'of the people of a group',
      'conversation_members',
      'conversation_members_conversation_id_user_id_pk',
      () => ada.call('groups.members', { conversationId: groupId, limit: 20 }),
    ],
    ['of photos that wait', 'photos', 'photos_by_status', () => mona.call('admin.photos', { limit: 20, status: 'pending' })],
    [
      'of photos that were rejected, further on',
      'photos',
      'photos_by_status',
      () => mona.call('admin.photos', { limit: 20, status: 'rejected', cursor: cursor('admin.photos', [then, id]) }),
    ],
    ['of blocks', 'blocks', 'blocks_by_time', () => ada.call('blocks.list', { limit: 20 })],
    ['of friends', 'friends', 'friends_by_time', () => ada.call('friends.list', { limit: 20 })],
    [
      'of friends further on',
      'friends',
      'friends_by_time',
      () => ada.call('friends.list', { limit: 20, cursor: cursor('friends', [then, id]) }),
    ],
    [
      'of friend requests received',
      'friend_requests',
      'friend_requests_received',
      () => ada.call('friends.requests', { limit: 20, direction: 'received' }),
    ],
    [
      'of friend requests sent further on',
      'friend_requests',
      'friend_requests_sent',
      () => ada.call('friends.requests', { limit: 20, direction: 'sent', cursor: cursor('friends.sent', id) }),
    ],
    ['of matches', 'matches', 'matches_of_a', () => ada.call('matches.matches', { limit: 20, status: 'active' })],
    ['of calls', 'call_participants', 'call_participants_user_id_call_id_pk', () => ada.call('calls.history', { limit: 20 })],
    ['of sessions', 'sessions', 'sessions_by_user', () => ada.call('auth.listSessions', {})],
    ['of the log', 'sync_log', 'sync_log_user_id_seq_pk', () => ada.call('realtime.resume', { since: 0, limit: 200 })],
    ['of notifications', 'notifications', 'notifications_by_time', () => ada.call('notifications.list', { limit: 20, unread: false })],
    ['of unread notifications', 'notifications', 'notifications_unread', () => ada.call('notifications.list', { limit: 20, unread: true })],
    ['of the count of unread notifications', 'notifications', 'notifications_', () => ada.call('notifications.unreadCount', {})],
    ['of likes', 'swipes', 'likes_by_time', () => ada.call('likes.received', { limit: 20 })],
    [
      'of likes further on',
      'swipes',
      'likes_by_time',
      () => ada.call('likes.received', { limit: 20, cursor: cursor('likes', [then, id]) }),
    ],
    ['of own reports', 'reports', 'reports_by_reporter', () => ada.call('reports.mine', { limit: 20 })],
    ['of the queue of reports', 'reports', 'reports_queue', () => mona.call('admin.reports', { limit: 20 })],
    [
      'of the queue of reports further on',
      'reports',
      'reports_queue',
      () => mona.call('admin.reports', { limit: 20, cursor: cursor('admin.reports', [1, then, id]) }),
    ],
    ['of the reports of a moderator', 'reports', 'reports_of_assignee', () => mona.call('admin.reports', { limit: 20, assigneeId: id })],
    ['of the reports of a category', 'reports', 'reports_of_category', () => mona.call('admin.reports', { limit: 20, category: 'spam' })],
    ['of resolved reports', 'reports', 'reports_resolved', () => mona.call('admin.reports', { limit: 20, status: 'resolved' })],
    ['of accounts', 'users', 'users_by_time', () => mona.call('admin.users', { limit: 20 })],
    ['of banned accounts', 'users', 'users_by_status', () => mona.call('admin.users', { limit: 20, status: 'banned' })],
    ['of accounts with a role', 'users', 'users_by_role', () => mona.call('admin.users', { limit: 20, role: 'admin' })],
    [
      'of accounts with an email',
      'users',
      'users_email_hash_unique',
      () => mona.call('admin.users', { limit: 20, email: 'x@example.com' }),
    ],
    ['of accounts by name', 'profiles', 'profiles_by_name', () => mona.call('admin.users', { limit: 20, name: 'Be' })],
    ['of the audit log', 'audit_log', 'audit_log_by_time', () => mona.call('admin.auditLog', { limit: 20 })],
    ['of what someone did', 'audit_log', 'audit_log_by_actor', () => mona.call('admin.auditLog', { limit: 20, actorId: id })],
    ['of what was done to someone', 'audit_log', 'audit_log_by_subject', () => mona.call('admin.auditLog', { limit: 20, subjectId: id })],
    ['of one kind of act', 'audit_log', 'audit_log_by_action', () => mona.call('admin.auditLog', { limit: 20, action: 'user.warned' })],
    ['of the numbers', 'reports', 'reports_', () => mona.call('admin.statistics', { days: 30 })],
    ['of swipes to undo', 'swipes', 'swipes_by_time', () => ada.refusal('swipes.undoSwipe')],
  ])('%s comes straight off its index', async (_what, table, index, task) => {
    const plans = await plansOf(table, task);
    expect(plans.join('\n')).toContain(index);
    for (const plan of plans) expect(plan).not.toMatch(/Sort|Seq Scan/);
  });

  it.each([{}, { cursor: cursor('conversations', [then, id]) }, { archived: true }])(
    'of conversations (%j) comes off its index hour by hour, each of which is sorted as it is read',
    async (asked) => {
      const plans = await plansOf('conversation_members', () => ada.call('conversations.list', { limit: 20, ...asked }));
      expect(plans[0]).toMatch(
        /Incremental Sort[\s\S]*Presorted Key: \w*\.?active_hour[\s\S]*Index Scan Backward using conversations_of_user/,
      );
      if ('cursor' in asked) expect(plans[0]).toMatch(/Index Cond: .*active_hour/);
      for (const plan of plans) expect(plan).not.toMatch(/Seq Scan/);
    },
  );

  it('of messages comes straight off its index', async () => {
    const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
    const plans = await plansOf('messages', () => ada.call('messages.history', { conversationId, limit: 20 }));
    expect(plans.join('\n')).toContain('messages_in_order');
    for (const plan of plans) expect(plan).not.toMatch(/Sort|Seq Scan/);
  });
});

describe('a message', () => {
  it('moves its conversation in the lists of both without writing their index anew', async () => {
    const updates = async () => {
      await client.query('select pg_stat_force_next_flush()');
      const { rows } = await client.query<{ all: number; hot: number }>(
        `select n_tup_upd::int as "all", n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'conversation_members'`,
      );
      return rows[0] ?? { all: 0, hot: 0 };
    };
    const before = await updates();
    for (let n = 0; n < 20; n += 1) {
      world.clock.pass(1);
      await ada.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Hello' });
    }
    const after = await updates();
    expect([after.all - before.all, after.hot - before.hot]).toEqual([40, 40]);
  });
});

describe('what someone has done, in numbers', () => {
  it('is counted from the indexes of each thing, not from what others have done', async () => {
    // Matches of others, of whom nothing else is known: among a handful any index is as good.
    await client.exec(`set session_replication_role = replica;
      insert into matches (id, user_a, user_b, status, created_at)
        select gen_random_uuid(), least(a, b), greatest(a, b), 'active', now()
        from (select gen_random_uuid() as a, gen_random_uuid() as b from generate_series(1, 3000)) pairs;
      set session_replication_role = origin;
      analyze matches;`);
    const [plan = ''] = await plansOf('swipes', () => ada.call('users.statistics', {}));
    expect(plan).not.toMatch(/Seq Scan|Sort/);
    for (const index of [/likes_by_time|swipes_by_target/, /matches_of_a|Index Cond: \(user_a = /, /matches_of_b/, /conversations_of_user/])
      expect(plan).toMatch(index);
  });
});

describe('discovery', () => {
  const where = { latitude: 38.72, longitude: -9.14 };
  const everything = /Seq Scan on (discovery_cards|swipes|blocks|profiles|users|preferences|swipers)/;

  it('looks through the neighbourhood by its cells, of the resolution that fits the radius', async () => {
    await ada.call('location.set', where);
    for (const [maxDistanceKm, cells] of [
      [10, 'cards_by_cell_5'],
      [200, 'cards_by_cell_4'],
      [800, 'cards_by_cell_3'],
    ] as const) {
      const plans = await plansOf('discovery_cards', () => ada.call('discovery.discover', { limit: 20, maxDistanceKm }));
      expect(plans.join('\n')).toContain(cells);
      expect(plans.join('\n')).not.toContain('cards_by_activity');
      for (const plan of plans) expect(plan).not.toMatch(everything);
    }
  });

  it.each([
    ['with', () => ada.call('location.set', where)],
    ['without', () => ada.call('location.clear', {})],
  ] as const)('looks through the world by activity, %s a location', async (_how, prepare) => {
    await prepare();
    for (const from of [undefined, cursor('discovery', [then, ['world', then, id, 0]])]) {
      const plans = await plansOf('discovery_cards', () => ada.call('discovery.discover', { limit: 20, ...(from && { cursor: from }) }));
      expect(plans.join('\n')).toContain('cards_by_activity');
      for (const plan of plans) expect(plan).not.toMatch(everything);
    }
  });

  it('finds who is boosted, and who super liked, by their indexes', async () => {
    await ada.call('location.clear', {});
    const plans = (await plansOf('discovery_cards', () => ada.call('discovery.discover', { limit: 20 }))).join('\n');
    expect(plans).toContain('cards_by_boost');
    expect(plans).toContain('likes_by_time');
  });
});

describe('a change', () => {
  it('of a call finds its people by an index', async () => {
    const { id: callId } = await ada.call('calls.start', { calleeId: ben.userId, type: 'audio', provider: 'webrtc' });
    const plans = await plansOf('call_participants', () => ada.call('calls.end', { callId, reason: 'hang_up' }));
    expect(plans.join('\n')).toContain('call_participants_by_call');
  });
});
