import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlState, tables } from '../src';
import { audit, expireAudit } from '../src/audit/audit';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
beforeAll(async () => {
  world = await createWorld();
  ada = await world.join('Ada');
});
afterAll(() => world.close());

const entries = () => world.database.db.select().from(tables.auditLog).orderBy(tables.auditLog.at, tables.auditLog.id);

function warn(reason: string) {
  return world.platform.work.transact((work) =>
    audit(work, { actorId: null, action: 'user.warned', subjectType: 'user', subjectId: ada.userId, details: { reason } }),
  );
}

describe('the audit log', () => {
  it('keeps who did what to whom, with the request and its address', async () => {
    await world.platform.work.transact((work) =>
      audit(
        { ...work, origin: { requestId: 'request-7', address: '203.0.113.7' } },
        { actorId: ada.userId, action: 'password.changed', subjectType: 'user', subjectId: ada.userId },
      ),
    );
    await warn('spam');
    const [changed, warned] = (await entries()).filter(({ subjectId }) => subjectId === ada.userId).slice(-2);
    expect(changed).toMatchObject({
      at: world.clock.now,
      actorId: ada.userId,
      action: 'password.changed',
      subjectType: 'user',
      details: {},
      requestId: 'request-7',
      address: '203.0.113.7',
    });
    expect(warned).toMatchObject({ actorId: null, action: 'user.warned', details: { reason: 'spam' }, requestId: null, address: null });
  });

  it('has nothing of an act that was rolled back', async () => {
    const before = await entries();
    const failing = world.platform.work.transact(async (work) => {
      await audit(work, { actorId: null, action: 'user.warned', subjectType: 'user', subjectId: ada.userId });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await entries()).toEqual(before);
  });

  it.each([
    ['change an entry', sql`update audit_log set details = '{}'`],
    ['take one out', sql`delete from audit_log`],
    ['empty it', sql`truncate audit_log`],
    ['empty it along with others', sql`truncate users, audit_log cascade`],
    ['take one out while the door is shut', sql`delete from audit_log where at < now() + interval '100 years'`],
  ])('refuses, in the database itself, to %s', async (_what, statement) => {
    await warn('to be kept');
    const before = await entries();
    const refused: unknown = await world.database.db.execute(statement).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(sqlState(refused)).toBe('23001');
    expect(await entries()).toEqual(before);
  });

  it('drops what is older than its retention by its one door, which shuts behind it, and says that it did', async () => {
    await warn('old');
    const before = (await entries()).length;
    world.clock.pass(60);
    await warn('new');
    const dropped = await world.platform.work.transact(async (work) => {
      const gone = await expireAudit(work, world.clock.now);
      await expect(work.db.transaction((inner) => inner.execute(sql`delete from audit_log`))).rejects.toThrow();
      return gone;
    });
    expect(dropped).toBe(before);
    expect((await entries()).map(({ action, details }) => [action, details])).toEqual([
      ['user.warned', { reason: 'new' }],
      ['audit.expired', { entries: before, before: world.clock.now.toISOString() }],
    ]);
  });

  it('opens its door no further than it says', async () => {
    world.clock.pass(60);
    await warn('recent');
    const overreaching = world.platform.work.transact(async ({ db }) => {
      await db.execute(sql`select set_config('heartline.audit_expires_before', '2026-01-01T00:00:00Z', true)`);
      await db.execute(sql`delete from audit_log`);
    });
    await expect(overreaching).rejects.toSatisfy((error) => sqlState(error) === '23001');
  });

  it('loses its oldest entries to the hourly upkeep after two years', async () => {
    await warn('to be forgotten');
    world.clock.pass(2 * 365 * 24 * 60 * 60 + 1);
    await world.platform.work.transact((work) => work.enqueue('maintenance.expire', {}));
    await world.platform.jobs.runDue();
    expect((await entries()).map(({ action }) => action)).toEqual(['audit.expired']);
  });
});
