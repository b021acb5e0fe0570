import { erasureDays, exportDays, exportEveryHours, recentSignInMinutes } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import { getTableConfig, type PgColumn } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { decisions } from '../src/personal-data/decisions';
import { tombstone } from '../src/personal-data/erase';
import { setAccountStatus } from '../src/users/moderate';
import { createWorld, type Device, type World } from './world';

const daySeconds = 86_400;
const years = { sessionSeconds: 1e9, accessTokenSeconds: 1e9 };

let world: World;
let ada: Device;
let ben: Device;
beforeAll(async () => {
  world = await createWorld({ settings: years });
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
});
afterAll(() => world.close());

const db = () => world.database.db;
const account = async ({ userId }: Device) => (await db().select().from(tables.users).where(eq(tables.users.id, userId)))[0];

/** The tables with a row that bears this text anywhere. */
async function tablesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  for (const [name, { table }] of Object.entries(decisions)) {
    const rows = await db().select().from(table);
    const plain = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    if (plain.includes(text)) found.push(name);
  }
  return found.sort();
}

/** Two who have had everything with each other. */
async function live(): Promise<{ conversationId: string; callId: string }> {
  await world.match(ada, ben);
  const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
  await ada.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Of Ada' });
  await ben.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Of Ben' });
  const { id: callId } = await ben.call('calls.start', { calleeId: ada.userId, type: 'audio', provider: 'webrtc' });
  await ada.call('calls.accept', { callId });
  await ada.call('calls.end', { callId, reason: 'hang_up' });
  await ben.call('friends.sendRequest', { userId: ada.userId });
  await ada.call('friends.sendRequest', { userId: ben.userId });
  const [kim, eve] = [await world.join('Kim'), await world.join('Eve')];
  await ada.call('friends.sendRequest', { userId: kim.userId });
  await ada.call('blocks.block', { userId: eve.userId });
  await ada.call('users.addPushToken', { token: `token-${ada.userId}`, provider: 'fcm', platform: 'android' });
  await ada.call('users.exportMe', {});
  await world.platform.jobs.runDue();
  return { conversationId, callId };
}

const deleteAda = () => ada.call('users.deleteMe', { password: ada.password });

async function erase(): Promise<void> {
  await world.platform.jobs.runDue();
  world.clock.pass(erasureDays * daySeconds);
  await world.platform.jobs.runDue();
}

describe('what is decided about people’s data', () => {
  /** Columns that name an account and do not refer to it: another row does, which is held when they are written. */
  const idsAlone: Readonly<Record<string, readonly PgColumn[]>> = {
    messages: [tables.messages.senderId],
    syncLog: [tables.syncLog.userId],
  };

  it('covers every column of every table that refers to an account', () => {
    const columns = (list: readonly PgColumn[]) => list.map(({ name }) => name).sort();
    for (const [name, { table, people }] of Object.entries(decisions)) {
      const config = getTableConfig(table);
      const referring = config.foreignKeys.flatMap((key) => {
        const { columns: own, foreignTable } = key.reference();
        return foreignTable === tables.users ? own : [];
      });
      expect([name, columns(people)]).toEqual([name, columns([...referring, ...(idsAlone[name] ?? [])])]);
    }
  });

  it('lets nothing go by cascade that is of others as well', () => {
    for (const { table, erasure } of Object.values(decisions)) {
      if (!('keep' in erasure || 'stays' in erasure)) continue;
      for (const key of getTableConfig(table).foreignKeys) {
        if (key.reference().foreignTable === tables.users)
          expect([getTableConfig(table).name, key.onDelete]).toEqual([expect.any(String), 'restrict']);
      }
    }
  });

  it('empties or keeps every column of an account', () => {
    const kept = ['id', 'status', 'createdAt', 'deletedAt', 'erasedAt'];
    const known = Object.keys(tables.users).filter((name) => name in tables.users && name !== 'enableRLS' && name !== '_');
    expect(known.filter((name) => !(name in tombstone) && !kept.includes(name))).toEqual([]);
  });

  it('names each section of a copy once', () => {
    const names = Object.values(decisions).flatMap(({ copy }) => ('read' in copy ? [copy.name] : []));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('an account that its owner deletes', () => {
  it('is erased after its time: everything personal is gone, and what is of others too stays with them', async () => {
    const { conversationId } = await live();
    const kept = Object.entries(decisions).flatMap(([name, { erasure }]) => ('keep' in erasure || 'stays' in erasure ? [name] : []));
    const erasedAt = Date.parse((await deleteAda()).erasedAt);
    expect(erasedAt).toBe(world.clock.now.getTime() + erasureDays * daySeconds * 1000);
    await world.platform.jobs.runDue();
    expect((await account(ada))?.emailHash).not.toBeNull();
    const again = { email: ada.email, password: 'long enough', displayName: 'Ada', birthDate: '1996-04-23', gender: 'female' };
    expect(await world.send({ endpoint: 'auth.register', input: again })).toMatchObject({ failure: { code: 'EMAIL_TAKEN' } });

    world.clock.pass(erasureDays * daySeconds - 1);
    await world.platform.jobs.runDue();
    expect((await account(ada))?.erasedAt).toBeNull();
    world.clock.pass(1);
    await world.platform.jobs.runDue();
    expect(await account(ada)).toMatchObject({ ...tombstone, status: 'deleted', erasedAt: world.clock.now });
    const left = await tablesWith(ada.userId);
    expect(left.filter((name) => !kept.includes(name) && name !== 'syncLog' && name !== 'notifications')).toEqual([]);
    expect(left).toEqual(expect.arrayContaining(['messages', 'calls', 'conversationMembers', 'auditLog']));
    // The others' own logs name her by her id until they expire; nothing more.
    const logged = await db().select().from(tables.syncLog).where(eq(tables.syncLog.userId, ada.userId));
    expect(logged).toEqual([]);

    const words = await db().select().from(tables.messages).where(eq(tables.messages.conversationId, conversationId));
    expect(words.map(({ senderId, text }) => [senderId, text])).toEqual([
      [ada.userId, 'Of Ada'],
      [ben.userId, 'Of Ben'],
    ]);
    expect((await ben.call('users.statistics', {})).messagesReceived).toBe(1);
    expect(await world.send({ endpoint: 'auth.register', input: again })).toMatchObject({ ok: true });
    expect(await world.send({ endpoint: 'auth.login', input: { email: ada.email, password: ada.password } })).toMatchObject({
      failure: { code: 'INVALID_CREDENTIALS' },
    });
  });

  it('leaves no name of theirs: not in what others were told of them, not in a report', async () => {
    await live();
    await ben.call('reports.report', { userId: ada.userId, category: 'spam', text: '', alsoBlock: false });
    const toldOfAda = () => db().$count(tables.notifications, eq(tables.notifications.actorId, ada.userId));
    expect(await toldOfAda()).toBeGreaterThan(0);
    await deleteAda();
    await erase();
    expect(await toldOfAda()).toBe(0);
    const about = await db().select().from(tables.reports).where(eq(tables.reports.reportedId, ada.userId));
    expect(about.map(({ reporterId, reportedName }) => [reporterId, reportedName])).toEqual([[ben.userId, '']]);
  });

  it('takes conversations and calls along that nobody is left of', async () => {
    const { conversationId, callId } = await live();
    await deleteAda();
    await erase();
    await ben.call('users.deleteMe', { password: ben.password });
    await erase();
    expect(await db().select().from(tables.conversations).where(eq(tables.conversations.id, conversationId))).toEqual([]);
    expect(await db().select().from(tables.messages).where(eq(tables.messages.conversationId, conversationId))).toEqual([]);
    expect(await db().select().from(tables.calls).where(eq(tables.calls.id, callId))).toEqual([]);
  });

  it('takes blocks along, but for those that hide a conversation from who is left, and those in the end', async () => {
    const [kim, eve] = [await world.join('Kim'), await world.join('Eve')];
    await world.match(ada, ben);
    await ada.call('conversations.openDirect', { userId: ben.userId });
    await world.block(ben, ada);
    await world.block(ada, kim);
    await world.block(eve, ada);
    await deleteAda();
    await erase();
    const left = async () =>
      (await db().select().from(tables.blocks)).filter(({ blockerId }) => [ada, ben, eve].some(({ userId }) => userId === blockerId));
    expect(await left()).toMatchObject([{ blockerId: ben.userId, blockedId: ada.userId }]);
    await (await world.signIn(ben)).call('users.deleteMe', { password: ben.password });
    await erase();
    expect(await left()).toEqual([]);
  });

  it('is erased piece by piece where there is much of it', async () => {
    await deleteAda();
    await db().execute(sql`insert into sync_log (user_id, seq, event, data, created_at)
      select ${ada.userId}::uuid, n, 'x', '{}', ${new Date(world.clock.now.getTime() + 1e9).toISOString()}::timestamptz from generate_series(1000, 6500) n`);
    await erase();
    expect((await account(ada))?.erasedAt).toEqual(world.clock.now);
    expect(await db().select().from(tables.syncLog).where(eq(tables.syncLog.userId, ada.userId))).toEqual([]);
  });

  it('ends what it had with very many, and tells each of them once; to itself nothing is written any more', async () => {
    const others: Device[] = [];
    for (let index = 0; index < 30; index += 1) others.push(await world.join(`Other${index}`));
    for (const other of others) await world.match(ada, other);
    await others[0]?.call('friends.sendRequest', { userId: ada.userId });
    await ada.call('friends.sendRequest', { userId: others[0]?.userId ?? '' });
    const before = (await world.heard(ada)).length;
    await deleteAda();
    await world.platform.jobs.runDue();
    for (const other of others) expect((await world.heard(other)).filter(({ event }) => event === 'match:ended')).toHaveLength(1);
    expect(others[0] && (await world.heard(others[0])).at(-1)).toMatchObject({ event: 'friend:removed', data: { userId: ada.userId } });
    expect((await world.heard(ada)).length).toBe(before);
    const active = await db().select().from(tables.matches).where(eq(tables.matches.status, 'active'));
    expect(active.filter(({ userA, userB }) => [userA, userB].includes(ada.userId))).toEqual([]);
  });

  it('that is given back in time is not erased, hears again, and can be deleted anew', async () => {
    await live();
    await deleteAda();
    world.clock.pass(10 * daySeconds);
    const restore = () =>
      world.platform.work.transact((work) => setAccountStatus(work, ada.userId, { status: 'active', reason: 'asked for', by: null }));
    expect(await restore()).toMatchObject({ status: 'deleted', changed: true });
    ada = await world.signIn(ada);
    await erase();
    expect(await ada.call('users.me', {})).toMatchObject({ email: ada.email });
    await world.match(ada, await world.join('Zoe'));
    expect((await world.heard(ada)).at(-1)).toMatchObject({ event: 'match:created' });

    await deleteAda();
    await erase();
    expect((await account(ada))?.erasedAt).toEqual(world.clock.now);
    expect(await restore()).toBeUndefined();
  });

  it('asks who has no password to have signed in just before', async () => {
    await db().update(tables.users).set({ passwordHash: null }).where(eq(tables.users.id, ada.userId));
    world.clock.pass(recentSignInMinutes * 60 + 1);
    expect((await ada.refusal('users.deleteMe')).code).toBe('RECENT_SIGN_IN_REQUIRED');
    expect((await account(ada))?.status).toBe('active');
    await db().update(tables.sessions).set({ createdAt: world.clock.now }).where(eq(tables.sessions.id, ada.sessionId));
    await ada.call('users.deleteMe', {});
    expect((await account(ada))?.status).toBe('deleted');
  });
});

describe('a copy of what is held about someone', () => {
  async function documentOf(person: Device): Promise<Record<string, unknown[]>> {
    const texts: string[] = [];
    for (let part = 1, parts = 1; part <= parts; part += 1) {
      const piece = await person.call('users.exportPart', { part });
      parts = piece.parts;
      texts.push(piece.text);
    }
    return JSON.parse(texts.join('')) as Record<string, unknown[]>;
  }

  it('has a section for each thing, and is gone after its time', async () => {
    await live();
    const copy = await documentOf(ada);
    const names = Object.values(decisions).flatMap(({ copy: section }) => ('read' in section ? [section.name] : []));
    expect(Object.keys(copy).sort()).toEqual(names.sort());
    for (const name of [
      'account',
      'profile',
      'preferences',
      'devices',
      'pushTokens',
      'messages',
      'calls',
      'friends',
      'friendRequests',
      'blocks',
      'swipes',
      'matches',
      'acts',
    ])
      expect([name, copy[name]?.length]).toEqual([name, expect.toSatisfy((count) => count > 0)]);
    const { export: now } = await ada.call('users.exportStatus', {});
    expect(now).toMatchObject({
      status: 'ready',
      expiresAt: new Date(world.clock.now.getTime() + exportDays * daySeconds * 1000).toISOString(),
    });
    world.clock.pass(exportDays * daySeconds);
    expect(await ada.call('users.exportStatus', {})).toEqual({ export: null });
    expect((await ada.refusal('users.exportPart', { part: 1 })).code).toBe('EXPORT_NOT_FOUND');
  });

  it('says nothing of what others reported, and is dropped once its time is over', async () => {
    await ben.call('reports.report', { userId: ada.userId, category: 'spam', text: 'What Ben says', alsoBlock: false });
    await ada.call('reports.report', { userId: ben.userId, category: 'spam', text: 'What Ada says', alsoBlock: false });
    await ada.call('users.exportMe', {});
    await world.platform.jobs.runDue();
    expect((await documentOf(ada)).reports).toMatchObject([{ userId: ben.userId, text: 'What Ada says' }]);
    world.clock.pass(exportDays * daySeconds + 1);
    await world.platform.work.transact((work) => work.enqueue('maintenance.expire', {}));
    await world.platform.jobs.runDue();
    expect(await db().$count(tables.dataExportParts, eq(tables.dataExportParts.userId, ada.userId))).toBe(0);
  });

  it('of someone who has written very much is read in batches and whole', async () => {
    await world.match(ada, ben);
    const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
    await db().execute(sql`insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
      select gen_random_uuid(), ${conversationId}::uuid, n, case when n % 3 = 0 then ${ben.userId}::uuid else ${ada.userId}::uuid end, gen_random_uuid(), 'word ' || n, now()
      from generate_series(1, 18000) n`);
    await ada.call('users.exportMe', {});
    await world.platform.jobs.runDue();
    const copy = await documentOf(ada);
    expect(copy.messages).toHaveLength(12_000);
    expect(new Set((copy.messages as { text: string }[]).map(({ text }) => text)).size).toBe(12_000);
    const { export: now } = await ada.call('users.exportStatus', {});
    expect(now?.parts).toBeGreaterThan(1);
  });

  it('is made once a day at most, and not for someone who is gone by then', async () => {
    const first = await ada.call('users.exportMe', {});
    world.clock.pass(exportEveryHours * 3600 - 1);
    expect(await ada.call('users.exportMe', {})).toMatchObject({ requestedAt: first.requestedAt });
    world.clock.pass(1);
    const second = await ada.call('users.exportMe', {});
    expect(second.requestedAt).not.toBe(first.requestedAt);
    await deleteAda();
    await world.platform.jobs.runDue();
    const [row] = await db().select().from(tables.dataExports).where(eq(tables.dataExports.userId, ada.userId));
    expect(row).toMatchObject({ readyAt: null, parts: 0 });
    expect((await world.told(ada)).filter(({ kind }) => kind === 'export_ready')).toEqual([]);
  });
});
