import { closeCodes, type Role } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { appointFirstOwner } from '../src/users/roles';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;
let mona: Device;
let owner: Device;

async function staff(name: string, role: Role): Promise<Device> {
  const device = await world.join(name);
  await world.setStanding(device, { role });
  return device;
}

beforeAll(async () => {
  world = await createWorld();
  [mona, owner] = [await staff('Mona', 'moderator'), await staff('Olga', 'owner')];
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
});
afterAll(() => world.close());

const nobody = '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10';
const said = { text: '', alsoBlock: false } as const;

async function talk(...lines: readonly (readonly [Device, string])[]): Promise<string[]> {
  await world.match(ada, ben);
  const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
  const ids: string[] = [];
  for (const [from, text] of lines) {
    ids.push((await from.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text })).id);
  }
  return ids;
}

describe('a report', () => {
  it('keeps messages as they were, with what was said around them, whatever becomes of them', async () => {
    const lines = Array.from({ length: 13 }, (_, index) => [index === 6 ? ben : ada, `line ${index + 1}`] as const);
    const ids = await talk(...lines);
    const [messageId = ''] = ids.slice(6, 7);
    const { id: reportId } = await ada.call('reports.report', {
      userId: ben.userId,
      category: 'threats',
      ...said,
      evidence: { messageIds: [messageId], opened: [], photoIds: [] },
    });
    await ben.call('messages.edit', { messageId, text: 'kind words' });
    await ben.call('messages.delete', { messageId });
    const detail = await mona.call('admin.report', { reportId });
    expect(detail.messages.map(({ text, chosen }) => [text, chosen])).toEqual(
      Array.from({ length: 11 }, (_, index) => [`line ${index + 2}`, index === 5]),
    );
    expect(detail.profiles).toMatchObject([{ displayName: 'Ben' }]);
    expect(detail.reporterRecord).toEqual({ made: 1, dismissed: 0 });
  });

  it('takes nothing as evidence that is not between the two, and then is not made', async () => {
    const [own = ''] = await talk([ada, 'to Ben']);
    const eve = await world.join('Eve');
    await world.match(ada, eve);
    const { id: conversationId } = await eve.call('conversations.openDirect', { userId: ada.userId });
    const foreign = await eve.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'to Ada' });
    const messageIds = [own, foreign.id, nobody];
    const refusal = await ada.refusal('reports.report', { userId: ben.userId, category: 'spam', evidence: { messageIds, callId: nobody } });
    expect(refusal).toMatchObject({ code: 'EVIDENCE_REFUSED', details: { ids: [foreign.id, nobody, nobody] } });
    expect((await ada.call('reports.mine', { limit: 20 })).items).toEqual([]);
  });

  it('goes into the one that is open: the same pair has one, with all that was said', async () => {
    await talk();
    const first = await ada.call('reports.report', { userId: ben.userId, category: 'spam', text: 'adverts', alsoBlock: false });
    const again = await ada.call('reports.report', { userId: ben.userId, category: 'threats', text: 'and threats', alsoBlock: false });
    // A phone that lost the answer.
    await ada.call('reports.report', { userId: ben.userId, category: 'threats', text: 'and threats', alsoBlock: false });
    expect(again).toMatchObject({ id: first.id, category: 'threats', text: 'and threats' });
    const detail = await mona.call('admin.report', { reportId: first.id });
    expect(detail).toMatchObject({ category: 'threats', priority: 'urgent', reporters: 1 });
    expect(detail.entries.map(({ category, text }) => [category, text])).toEqual([
      ['spam', 'adverts'],
      ['threats', 'and threats'],
    ]);
    expect((await ada.call('reports.mine', { limit: 20 })).items).toHaveLength(1);
  });

  it('rises in the queue with the number of people who report the same person, and falls when they are answered', async () => {
    const reporters = [ada, await world.join('Kim'), await world.join('Lea')];
    for (const one of reporters) await one.call('reports.report', { userId: ben.userId, category: 'spam', ...said });
    const about = async () => (await mona.call('admin.reports', { limit: 100 })).items.filter(({ reported }) => reported.id === ben.userId);
    expect((await about()).map(({ priority, reporters: many }) => [priority, many])).toEqual([
      ['normal', 3],
      ['normal', 3],
      ['normal', 3],
    ]);
    const [first] = await about();
    await mona.call('admin.resolveReport', { reportId: first?.id ?? '', outcome: 'dismissed', note: '', alsoOthers: false });
    expect((await about()).map(({ priority }) => priority)).toEqual(['low', 'low']);
  });

  it.each<[string, () => Promise<unknown>, 'ok' | 'USER_NOT_FOUND']>([
    ['was never met, but is there', async () => undefined, 'ok'],
    ['blocked the reporter, who never saw them', () => world.block(ben, ada), 'USER_NOT_FOUND'],
    ['is banned, and was never seen', () => world.setStanding(ben, { status: 'banned' }), 'USER_NOT_FOUND'],
    ['was blocked by the reporter', () => world.block(ada, ben), 'ok'],
    [
      'was passed on, and then blocked the reporter',
      async () => {
        await ada.call('swipes.swipe', { userId: ben.userId, action: 'pass' });
        await ben.call('blocks.block', { userId: ada.userId });
      },
      'ok',
    ],
    [
      'unmatched, blocked and deleted their account',
      async () => {
        await talk([ben, 'something vile']);
        await ben.call('blocks.block', { userId: ada.userId });
        await world.setStanding(ben, { status: 'deleted' });
      },
      'ok',
    ],
  ])('of someone who %s', async (_who, before, answer) => {
    await before();
    const sent = await world.send({
      endpoint: 'reports.report',
      input: { userId: ben.userId, category: 'other' },
      token: ada.tokens.accessToken,
    });
    expect(sent.ok ? 'ok' : sent.failure.code).toBe(answer);
  });

  it('blocks as well where that is asked for, and the other hears of neither', async () => {
    await talk();
    const own = await ada.call('reports.report', { userId: ben.userId, category: 'harassment', text: '', alsoBlock: true });
    expect(own).toMatchObject({ displayName: 'Ben', person: null, status: 'open' });
    expect((await ada.call('blocks.list', { limit: 20 })).items).toHaveLength(1);
    expect((await world.heard(ben)).map(({ event }) => event).filter((event) => /report|block/.test(event))).toEqual([]);
    // Once more changes nothing of the block.
    await ada.call('reports.report', { userId: ben.userId, category: 'harassment', text: 'again', alsoBlock: true });
  });

  it('is not for oneself, nor for people who are not there', async () => {
    expect((await ada.refusal('reports.report', { userId: ada.userId, category: 'spam' })).code).toBe('CANNOT_TARGET_SELF');
    expect((await ada.refusal('reports.report', { userId: nobody, category: 'spam' })).code).toBe('USER_NOT_FOUND');
  });
});

describe('resolving a report', () => {
  async function reported(category: 'spam' | 'threats' = 'threats'): Promise<string> {
    const [messageId = ''] = await talk([ben, 'vile']);
    const input = { userId: ben.userId, category, ...said, evidence: { messageIds: [messageId], opened: [], photoIds: [] } };
    return (await ada.call('reports.report', input)).id;
  }
  const decide = (reportId: string, outcome: 'dismissed' | 'suspended' | 'banned' | 'content_removed') =>
    mona.call('admin.resolveReport', { reportId, outcome, note: 'seen', alsoOthers: false });

  it('by a warning tells the one, and the outcome the other, and is written down', async () => {
    const reportId = await reported();
    const input = { reportId, outcome: 'warned', warning: 'Be kind.', note: 'first time', alsoOthers: false } as const;
    const answer = await mona.call('admin.resolveReport', input);
    expect(answer).toMatchObject({
      status: 'resolved',
      resolution: { outcome: 'warned', note: 'first time', by: { displayName: 'Mona' } },
    });
    expect((await world.told(ben)).at(-1)).toMatchObject({ kind: 'warning', data: { reason: 'Be kind.' }, person: null });
    expect((await world.told(ada)).at(-1)).toMatchObject({ kind: 'report_resolved', data: { outcome: 'acted' }, person: null });
    expect((await world.heard(ada)).at(-1)).toMatchObject({ event: 'report:resolved', data: { reportId, verdict: 'acted' } });
    expect((await ada.call('reports.mine', { limit: 20 })).items).toMatchObject([{ id: reportId, status: 'resolved', verdict: 'acted' }]);
    const written = await owner.call('admin.auditLog', { subjectId: reportId, limit: 20 });
    expect(written.items).toMatchObject([{ action: 'report.resolved', actor: { displayName: 'Mona' }, requestId: 'request-1' }]);
    expect((await mona.call('admin.user', { userId: ben.userId })).warnings).toMatchObject([{ text: 'Be kind.', reportId }]);
  });

  it('by a ban does it in the same go: the socket closes, the account is refused', async () => {
    const reportId = await reported();
    const socket = await ben.connect();
    await decide(reportId, 'banned');
    expect((await socket.ended()).code).toBe(closeCodes.revoked);
    expect((await ben.refusal('users.me')).code).toBe('ACCOUNT_BANNED');
    expect((await ada.call('reports.mine', { limit: 20 })).items).toMatchObject([{ person: null, displayName: 'Ben' }]);
    const { statusHistory } = await mona.call('admin.user', { userId: ben.userId });
    expect(statusHistory).toMatchObject([{ from: 'active', to: 'banned', until: null, reason: 'seen', by: { displayName: 'Mona' } }]);
  });

  it('by taking content away leaves the evidence', async () => {
    const reportId = await reported();
    await decide(reportId, 'content_removed');
    expect((await world.heard(ada)).map(({ event }) => event)).toContain('message:deleted');
    expect((await world.told(ben)).at(-1)).toMatchObject({ kind: 'content_removed', data: { messages: 1 } });
    expect((await mona.call('admin.report', { reportId })).messages).toMatchObject([{ text: 'vile', chosen: true }]);
    expect(await ben.call('users.me', {})).toMatchObject({ status: 'active' });
  });

  it('twice tells the second who was first, and changes nothing', async () => {
    const reportId = await reported();
    await decide(reportId, 'dismissed');
    const refusal = await owner.refusal('admin.resolveReport', { reportId, outcome: 'banned' });
    expect(refusal).toMatchObject({
      code: 'REPORT_RESOLVED',
      details: { outcome: 'dismissed', resolvedBy: mona.userId, resolvedAt: world.clock.now.toISOString() },
    });
    expect((await mona.refusal('admin.assignReport', { reportId, assigneeId: mona.userId })).code).toBe('REPORT_RESOLVED');
    expect(await ben.call('users.me', {})).toMatchObject({ status: 'active' });
  });

  it('can answer every report about the same person in one go', async () => {
    const reportId = await reported();
    const kim = await world.join('Kim');
    await kim.call('reports.report', { userId: ben.userId, category: 'spam', ...said });
    await mona.call('admin.resolveReport', { reportId, outcome: 'suspended', note: '', alsoOthers: true });
    expect((await kim.call('reports.mine', { limit: 20 })).items).toMatchObject([{ status: 'resolved', verdict: 'acted' }]);
    const { reportsAbout, status } = await mona.call('admin.user', { userId: ben.userId });
    expect([status, reportsAbout.map((one) => one.status)]).toEqual(['suspended', ['resolved', 'resolved']]);
  });

  it('does not make a ban less', async () => {
    const reportId = await reported();
    await mona.call('admin.setUserStatus', { userId: ben.userId, status: 'banned', reason: 'enough' });
    expect(await mona.refusal('admin.resolveReport', { reportId, outcome: 'suspended' })).toMatchObject({
      code: 'STATUS_CONFLICT',
      details: { status: 'banned' },
    });
    expect((await mona.call('admin.report', { reportId })).status).toBe('open');
  });

  it.each([
    ['a warning without words', { outcome: 'warned' }, 'warning'],
    ['words without a warning', { outcome: 'banned', warning: 'Be kind.' }, 'warning'],
    ['an end of a ban', { outcome: 'banned', until: '2040-01-01T00:00:00.000Z' }, 'until'],
    ['an end in the past', { outcome: 'suspended', until: '2020-01-01T00:00:00.000Z' }, 'until'],
  ])('refuses %s, and nothing is done', async (_what, decision, path) => {
    const reportId = await reported();
    const refusal = await mona.refusal('admin.resolveReport', { reportId, ...decision });
    expect(refusal).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ path }] } });
    expect(await ben.call('users.me', {})).toMatchObject({ status: 'active' });
    expect((await mona.call('admin.report', { reportId })).status).toBe('open');
  });

  it('is in review once someone has taken it, who has to be a moderator, and not the one it is about', async () => {
    const reportId = await reported();
    expect(await mona.call('admin.assignReport', { reportId, assigneeId: mona.userId })).toMatchObject({
      status: 'in_review',
      assignee: { displayName: 'Mona' },
    });
    expect((await ada.call('reports.mine', { limit: 20 })).items).toMatchObject([{ status: 'in_review' }]);
    const taken = await mona.call('admin.reports', { status: 'in_review', assigneeId: mona.userId, limit: 100 });
    expect(taken.items.map(({ id }) => id)).toContain(reportId);
    expect((await mona.refusal('admin.assignReport', { reportId, assigneeId: ada.userId })).code).toBe('NOT_A_MODERATOR');
    expect(await mona.call('admin.assignReport', { reportId, assigneeId: null })).toMatchObject({ status: 'open', assignee: null });
  });
});

describe('a moderator who is reported', () => {
  it('sees nothing of it anywhere, and a higher one resolves it', async () => {
    const nora = await staff('Nora', 'moderator');
    const { id: reportId } = await ada.call('reports.report', { userId: nora.userId, category: 'harassment', ...said });
    expect((await nora.refusal('admin.report', { reportId })).code).toBe('REPORT_NOT_FOUND');
    expect((await nora.refusal('admin.resolveReport', { reportId, outcome: 'dismissed' })).code).toBe('REPORT_NOT_FOUND');
    expect((await nora.refusal('admin.user', { userId: nora.userId })).code).toBe('CANNOT_TARGET_SELF');
    expect((await nora.call('admin.reports', { limit: 100 })).items.map(({ id }) => id)).not.toContain(reportId);
    expect((await nora.call('admin.user', { userId: ada.userId })).reportsBy).toEqual([]);
    expect((await mona.call('admin.user', { userId: ada.userId })).reportsBy).toMatchObject([{ id: reportId }]);
    // An equal may look, and dismiss, but not act.
    const act = { reportId, outcome: 'suspended' };
    expect((await mona.refusal('admin.resolveReport', act)).code).toBe('OUTRANKED');
    expect(await owner.call('admin.resolveReport', { ...act, outcome: 'suspended', note: '', alsoOthers: false })).toMatchObject({
      resolution: { outcome: 'suspended' },
    });
  });

  it('does not resolve what they have reported themselves', async () => {
    const { id: reportId } = await mona.call('reports.report', { userId: ben.userId, category: 'spam', ...said });
    expect((await mona.refusal('admin.resolveReport', { reportId, outcome: 'banned' })).code).toBe('CANNOT_TARGET_SELF');
  });
});

describe('looking', () => {
  it('at an account or a report is written down, once each time', async () => {
    const { id: reportId } = await ada.call('reports.report', { userId: ben.userId, category: 'spam', ...said });
    for (let times = 0; times < 2; times += 1) await mona.call('admin.report', { reportId });
    await mona.call('admin.user', { userId: ben.userId });
    const looked = async (subjectId: string) =>
      (await world.database.db.select().from(tables.auditLog).where(eq(tables.auditLog.subjectId, subjectId)))
        .filter(({ action }) => action.endsWith('.viewed'))
        .map(({ actorId, action }) => [actorId, action]);
    expect(await looked(reportId)).toEqual(Array.from({ length: 2 }, () => [mona.userId, 'report.viewed']));
    expect(await looked(ben.userId)).toEqual([[mona.userId, 'user.viewed']]);
  });
});

describe('roles', () => {
  it.each<[Role, Role, Role, string]>([
    ['admin', 'user', 'moderator', 'ok'],
    ['admin', 'moderator', 'user', 'ok'],
    ['admin', 'user', 'admin', 'OUTRANKED'],
    ['admin', 'user', 'owner', 'OUTRANKED'],
    ['admin', 'admin', 'user', 'OUTRANKED'],
    ['admin', 'owner', 'user', 'OUTRANKED'],
    ['owner', 'user', 'owner', 'ok'],
    ['owner', 'owner', 'user', 'ok'],
    ['moderator', 'user', 'support', 'FORBIDDEN'],
  ])('given by %s to %s: %s is %s', async (giver, before, role, answer) => {
    const [by, target] = [await staff('Gil', giver), await staff('Tom', before)];
    const sent = await world.send({ endpoint: 'admin.setUserRole', input: { userId: target.userId, role }, token: by.tokens.accessToken });
    expect(sent.ok ? 'ok' : sent.failure.code).toBe(answer);
    const [row] = await world.database.db.select().from(tables.users).where(eq(tables.users.id, target.userId));
    expect(row?.role).toBe(answer === 'ok' ? role : before);
  });

  it('hold from the next call on, and what was taken goes back to the queue', async () => {
    const nora = await staff('Nora', 'moderator');
    const { id: reportId } = await ada.call('reports.report', { userId: ben.userId, category: 'spam', ...said });
    await nora.call('admin.assignReport', { reportId, assigneeId: nora.userId });
    await owner.call('admin.setUserRole', { userId: nora.userId, role: 'user' });
    expect((await nora.refusal('admin.reports', {})).code).toBe('FORBIDDEN');
    expect(await mona.call('admin.report', { reportId })).toMatchObject({ status: 'open', assignee: null });
  });

  it('nobody changes their own, and nobody acts on themselves or on equals', async () => {
    expect((await owner.refusal('admin.setUserRole', { userId: owner.userId, role: 'user' })).code).toBe('CANNOT_TARGET_SELF');
    const other = await staff('Nora', 'moderator');
    for (const [userId, code] of [
      [mona.userId, 'CANNOT_TARGET_SELF'],
      [other.userId, 'OUTRANKED'],
      [owner.userId, 'OUTRANKED'],
      [nobody, 'USER_NOT_FOUND'],
    ] as const) {
      expect((await mona.refusal('admin.setUserStatus', { userId, status: 'banned', reason: 'because' })).code).toBe(code);
      expect((await mona.refusal('admin.warnUser', { userId, text: 'Be kind.' })).code).toBe(code);
    }
  });

  it('of the first owner goes to a proven email, and to nobody where there is an owner', async () => {
    const fresh = await createWorld();
    try {
      const first = await fresh.join('First');
      const appoint = (email: string) => fresh.platform.work.transact((work) => appointFirstOwner(work, email));
      expect(await appoint('nobody@example.com')).toBe('no_account');
      expect(await appoint(first.email)).toBe('not_verified');
      await fresh.database.db.update(tables.users).set({ emailVerifiedAt: fresh.clock.now }).where(eq(tables.users.id, first.userId));
      expect(await appoint(first.email.toUpperCase())).toBe('appointed');
      expect(await first.call('users.me', {})).toMatchObject({ role: 'owner' });
      const second = await fresh.join('Second');
      expect(await appoint(second.email)).toBe('has_owner');
    } finally {
      await fresh.close();
    }
  });

  it('of an owner stays with somebody: the last one cannot go', async () => {
    const solo = await createWorld();
    try {
      const only = await solo.join('Only');
      await solo.setStanding(only, { role: 'owner' });
      const password = only.password;
      expect((await only.refusal('users.deleteMe', { password })).code).toBe('LAST_OWNER');
      const second = await solo.join('Second');
      await solo.setStanding(second, { role: 'owner', status: 'banned' });
      expect((await only.refusal('users.deleteMe', { password })).code).toBe('LAST_OWNER');
      expect(await only.call('users.me', {})).toMatchObject({ role: 'owner', status: 'active' });
      await solo.setStanding(second, { status: 'active' });
      await only.call('users.deleteMe', { password });
      expect((await second.refusal('users.deleteMe', { password: second.password })).code).toBe('LAST_OWNER');
    } finally {
      await solo.close();
    }
  });
});

describe('accounts, for those who may look', () => {
  it('are found by the whole email, by how the name begins, by status and by role, page by page', async () => {
    const names = ['Zoë', 'zoltan', 'Zora'];
    for (const name of names) await world.join('Z', { displayName: name });
    expect((await mona.call('admin.users', { email: ben.email, limit: 20 })).items).toMatchObject([{ id: ben.userId, email: ben.email }]);
    expect((await mona.call('admin.users', { email: 'nobody@example.com', limit: 20 })).items).toEqual([]);
    const first = await mona.call('admin.users', { name: 'ZO', limit: 2 });
    const second = await mona.call('admin.users', { name: 'ZO', limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ displayName }) => displayName)).toEqual(['zoltan', 'Zora', 'Zoë']);
    expect(second.nextCursor).toBeNull();
    expect((await mona.call('admin.users', { name: '%', limit: 20 })).items).toEqual([]);
    const until = new Date(world.clock.now.getTime() + 60_000).toISOString();
    await mona.call('admin.setUserStatus', { userId: ben.userId, status: 'suspended', until, reason: 'a minute to think' });
    const suspended = async () => (await mona.call('admin.users', { status: 'suspended', limit: 100 })).items.map(({ id }) => id);
    expect(await suspended()).toContain(ben.userId);
    world.clock.pass(61);
    expect(await suspended()).not.toContain(ben.userId);
    const owners = (await mona.call('admin.users', { role: 'owner', limit: 100 })).items;
    expect([owners.some(({ id }) => id === owner.userId), owners.every(({ role }) => role === 'owner')]).toEqual([true, true]);
    const all: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await mona.call('admin.users', { limit: 7, ...(cursor === undefined ? {} : { cursor }) });
      all.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(all).toHaveLength(await world.database.db.$count(tables.users));
    expect(new Set(all).size).toBe(all.length);
  });

  it('show no reports to those who do not resolve them', async () => {
    const sue = await staff('Sue', 'support');
    await ada.call('reports.report', { userId: ben.userId, category: 'spam', ...said });
    expect(await sue.call('admin.user', { userId: ben.userId })).toMatchObject({ email: ben.email, openReports: 1, reportsAbout: [] });
    expect((await mona.call('admin.user', { userId: ben.userId })).reportsAbout).toHaveLength(1);
  });

  it('that were deleted are not brought back by moderators', async () => {
    await world.setStanding(ben, { status: 'deleted' });
    expect(await mona.refusal('admin.setUserStatus', { userId: ben.userId, status: 'active', reason: 'please' })).toMatchObject({
      code: 'STATUS_CONFLICT',
      details: { status: 'deleted' },
    });
  });
});

describe('the audit log and the numbers', () => {
  it('are read by those who may, filtered and page by page', async () => {
    const admin = await staff('Alma', 'admin');
    await mona.call('admin.warnUser', { userId: ben.userId, text: 'one' });
    world.clock.pass(1);
    const from = world.clock.now.toISOString();
    await mona.call('admin.warnUser', { userId: ben.userId, text: 'two' });
    await mona.call('admin.setUserStatus', { userId: ben.userId, status: 'banned', reason: 'half \ud800 a pair' });
    const actions = async (filter: object) =>
      (await admin.call('admin.auditLog', { limit: 20, ...filter })).items.map(({ action }) => action);
    const subjectId = ben.userId;
    expect(await actions({ subjectId })).toEqual(['user.status_changed', 'user.warned', 'user.warned']);
    expect(await actions({ subjectId, from })).toEqual(['user.status_changed', 'user.warned']);
    expect(await actions({ subjectId, to: from, actorId: mona.userId })).toEqual(['user.warned']);
    expect(await actions({ subjectId, action: 'user.warned' })).toHaveLength(2);
    const first = await admin.call('admin.auditLog', { subjectId, limit: 2 });
    const second = await admin.call('admin.auditLog', { subjectId, limit: 2, cursor: first.nextCursor ?? '' });
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
    expect((await mona.refusal('admin.auditLog', {})).code).toBe('FORBIDDEN');
  });

  it('count people, sign-ups and reports', async () => {
    const { people, signUps, reports } = await owner.call('admin.statistics', { days: 3 });
    const all = await world.database.db.$count(tables.users);
    expect(people.active + people.suspended + people.banned + people.deleted).toBe(all);
    expect(signUps).toHaveLength(3);
    expect(signUps.reduce((sum, { count }) => sum + count, 0)).toBe(all);
    expect(signUps.at(-1)?.day).toBe(world.clock.now.toISOString().slice(0, 10));
    const open = await world.database.db.$count(tables.reports, eq(tables.reports.status, 'open'));
    expect(reports).toMatchObject({ open });
    expect(reports.resolved).toBeGreaterThan(0);
  });
});
