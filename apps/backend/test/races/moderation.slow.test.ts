import { randomUUID } from 'node:crypto';
import type { OwnReport, Report, Role } from '@app/contracts';
import { accountsTopic, tables } from '@app/domain';
import { and, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { codeOf } from '../rig/http';
import { logOf } from '../rig/log';
import { password, type Someone, signUp, talkingPair } from '../rig/people';
import { openSocket } from '../rig/socket';

let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('postgres', { env: { DATABASE_POOL_SIZE: '16' } });
});
afterAll(() => backend.close());

const at = <T>(length: number, make: (index: number) => Promise<T>) => Promise.all(Array.from({ length }, (_, index) => make(index)));
const db = () => backend.platform.kernel.database.db;

async function staff(role: Role): Promise<Someone> {
  const someone = await signUp(backend.baseURL, { name: `The ${role}` });
  await db().update(tables.users).set({ role }).where(eq(tables.users.id, someone.id));
  backend.platform.kernel.ports.bus.publish(accountsTopic, { kind: 'account', userId: someone.id });
  return someone;
}

const report = (by: Someone, about: Someone, category = 'spam') =>
  by.do<OwnReport>('reports.report', { userId: about.id, category, text: randomUUID() });

describe('a report', () => {
  it('that two moderators resolve at once is resolved by one; the other is told who and how, and nothing is done twice', {
    timeout: 60_000,
  }, async () => {
    const [mona, nora] = [await staff('moderator'), await staff('moderator')];
    await at(12, async () => {
      const [ada, ben] = await at(2, () => signUp(backend.baseURL));
      if (ada === undefined || ben === undefined) throw new Error('Nobody came.');
      const { id: reportId } = await report(ada, ben);
      const replies = await Promise.all([
        mona.call('admin.resolveReport', { reportId, outcome: 'banned' }),
        nora.call('admin.resolveReport', { reportId, outcome: 'warned', warning: 'Be kind.' }),
      ]);
      expect(replies.map(codeOf).sort()).toEqual(['REPORT_RESOLVED', 'ok']);
      const winner = codeOf(replies[0]) === 'ok' ? mona : nora;
      const outcome = winner === mona ? 'banned' : 'warned';
      const lost = replies.find((reply) => codeOf(reply) !== 'ok');
      expect(lost?.body).toMatchObject({ details: { resolvedBy: winner.id, outcome } });
      expect(codeOf(await ben.call('users.me'))).toBe(winner === mona ? 'ACCOUNT_BANNED' : 'ok');
      expect(await db().$count(tables.warnings, eq(tables.warnings.userId, ben.id))).toBe(winner === nora ? 1 : 0);
      expect(
        await db().$count(tables.auditLog, and(eq(tables.auditLog.subjectId, reportId), eq(tables.auditLog.action, 'report.resolved'))),
      ).toBe(1);
      const items = await logOf(backend.platform, ada.id);
      expect(items.filter(({ event }) => event === 'report:resolved')).toHaveLength(1);
    });
  });

  it('of many about one person at once: each has its own, and all rise as far as their number says', { timeout: 60_000 }, async () => {
    const mona = await staff('moderator');
    const ben = await signUp(backend.baseURL);
    const people = await at(10, () => signUp(backend.baseURL));
    await Promise.all(people.map((one) => report(one, ben)));
    const { items } = await mona.do<{ items: Report[] }>('admin.reports', { limit: 100 });
    const about = items.filter(({ reported }) => reported.id === ben.id);
    expect(about.map(({ priority, reporters }) => [priority, reporters])).toEqual(Array.from({ length: 10 }, () => ['urgent', 10]));
  });

  it('made ten times at once by one person is one, with all that was said', { timeout: 60_000 }, async () => {
    const [ada, ben] = [await signUp(backend.baseURL), await signUp(backend.baseURL)];
    const made = await at(10, () => report(ada, ben));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await db().$count(tables.reportEntries, eq(tables.reportEntries.reportId, made[0]?.id ?? ''))).toBe(10);
  });
});

describe('owners', () => {
  it('who take each other’s role at once: one stays', { timeout: 60_000 }, async () => {
    await at(10, async () => {
      const owners = [await staff('owner'), await staff('owner')] as const;
      const [one, other] = owners;
      const codes = (
        await Promise.all([
          one.call('admin.setUserRole', { userId: other.id, role: 'user' }),
          other.call('admin.setUserRole', { userId: one.id, role: 'user' }),
        ])
      ).map(codeOf);
      expect(codes.toSorted()).toEqual(['FORBIDDEN', 'ok']);
      const left = await db()
        .select({ role: tables.users.role })
        .from(tables.users)
        .where(
          inArray(
            tables.users.id,
            owners.map(({ id }) => id),
          ),
        );
      expect(left.map(({ role }) => role).sort()).toEqual(['owner', 'user']);
    });
  });
});

describe('the last owners', () => {
  it('who delete their accounts at once: one stays', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      await db().update(tables.users).set({ role: 'user' }).where(eq(tables.users.role, 'owner'));
      const owners = [await staff('owner'), await staff('owner')];
      const codes = (await Promise.all(owners.map((owner) => owner.call('users.deleteMe', { password })))).map(codeOf);
      expect(codes.toSorted()).toEqual(['LAST_OWNER', 'ok']);
      expect(await db().$count(tables.users, and(eq(tables.users.role, 'owner'), eq(tables.users.status, 'active')))).toBe(1);
    }
  });
});

describe('a suspension', () => {
  it('that races with calls leaves nobody in one, closes the socket, and refuses what comes next', { timeout: 60_000 }, async () => {
    const mona = await staff('moderator');
    await at(16, async (index) => {
      const { ada, ben } = await talkingPair(backend.baseURL);
      const [from, to] = index % 2 === 0 ? [ada, ben] : [ben, ada];
      const socket = await openSocket(backend.baseURL, ben.token);
      const [suspended, started] = await Promise.all([
        mona.call('admin.setUserStatus', { userId: ben.id, status: 'suspended', reason: 'in a race' }),
        from.call('calls.start', { calleeId: to.id, type: 'audio' }),
      ]);
      expect(codeOf(suspended)).toBe('ok');
      expect(['ok', 'USER_NOT_FOUND', 'ACCOUNT_SUSPENDED']).toContain(codeOf(started));
      expect((await socket.closed).code).toBe(4003);
      expect(codeOf(await ben.call('users.me'))).toBe('ACCOUNT_SUSPENDED');
      const live = and(inArray(tables.callParticipants.userId, [ada.id, ben.id]), eq(tables.callParticipants.live, true));
      expect(await db().$count(tables.callParticipants, live)).toBe(0);
      // Whoever was in it has heard that it is over.
      if (codeOf(started) !== 'ok') return;
      const items = await logOf(backend.platform, ada.id);
      const last = items.filter(({ event }) => event.startsWith('call:')).at(-1);
      expect(['call:missed', 'call:rejected', 'call:ended']).toContain(last?.event);
    });
  });
});
