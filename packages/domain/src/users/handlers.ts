import { api, done, type Preferences, recentSignInMinutes } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { audit } from '../audit/audit';
import { sessions } from '../auth/table';
import { syncCard } from '../discovery/cards';
import { changedNotificationSettings, presentNotificationSettings } from '../notifications/preferences';
import { dropTokensOf, takePushToken } from '../notifications/push-tokens';
import { erasedAfter } from '../personal-data/erase';
import { beginExport, currentExport, exportPart, presentExport } from '../personal-data/export';
import type { Context, Work } from '../pipeline/context';
import { implement } from '../pipeline/implement';
import { decidePresenceAnew } from '../presence/rules';
import { profiles } from '../profiles/table';
import { presentPreferences, readMe, requireAdult, toPreferenceColumns } from './accounts';
import { setAccountStatus } from './moderate';
import { requireAnotherOwner } from './roles';
import { readStatistics } from './statistics';
import { preferences, users } from './table';

async function readPreferences({ db }: Work, userId: string): Promise<Preferences> {
  const [row] = await db.select().from(preferences).where(eq(preferences.userId, userId));
  if (row === undefined) throw new Error(`The account ${userId} has no preferences.`);
  return presentPreferences(row);
}

/** Who has no password to give shows by a fresh sign-in that it is them. */
async function requireRecentSignIn(context: Context<'RECENT_SIGN_IN_REQUIRED'>): Promise<void> {
  const { db, now, caller } = context;
  const [session] = await db.select({ createdAt: sessions.createdAt }).from(sessions).where(eq(sessions.id, caller.sessionId));
  const since = now.getTime() - recentSignInMinutes * 60_000;
  if (session === undefined || session.createdAt.getTime() < since) throw context.fail('RECENT_SIGN_IN_REQUIRED');
}

export const usersImplementation = implement(api.users, {
  me: (context) => readMe(context, context.caller.userId),

  async updateMe(context, { displayName, birthDate, gender }) {
    const { userId } = context.caller;
    if (birthDate !== undefined) requireAdult(context, birthDate);
    if (displayName !== undefined || birthDate !== undefined || gender !== undefined) {
      await context.db.update(profiles).set({ displayName, birthDate, gender }).where(eq(profiles.userId, userId));
      await syncCard(context.db, userId);
    }
    return readMe(context, userId);
  },

  preferences: (context) => readPreferences(context, context.caller.userId),

  async updatePreferences(context, change) {
    const { userId } = context.caller;
    // The row is locked, so that two devices that change different settings at once both have their way.
    const [row] = await context.db.select().from(preferences).where(eq(preferences.userId, userId)).for('update');
    if (row === undefined) throw new Error(`The account ${userId} has no preferences.`);
    const before = presentPreferences(row);
    const notifications = changedNotificationSettings(row.notifications, change.notifications);
    const after: Preferences = {
      notifications: presentNotificationSettings(notifications),
      privacy: { ...before.privacy, ...change.privacy },
      app: { ...before.app, ...change.app },
      discovery: { ...before.discovery, ...change.discovery },
    };
    const { ageMin, ageMax } = after.discovery;
    if (ageMin > ageMax) throw context.fail('INVALID_AGE_RANGE', { ageMin, ageMax });
    await context.db
      .update(preferences)
      .set({ notifications, ...toPreferenceColumns(after) })
      .where(eq(preferences.userId, userId));
    await syncCard(context.db, userId);
    if (change.privacy !== undefined) decidePresenceAnew(context, [userId]);
    return after;
  },

  async addPushToken(context, given) {
    await takePushToken(context, given);
    return done;
  },

  async removePushToken(context) {
    await dropTokensOf(context, [context.caller.sessionId]);
    return done;
  },

  deleteMe: {
    async outside(context, { password }) {
      const { userId } = context.caller;
      const [account] = await context.db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId));
      const passwordHash = account?.passwordHash ?? null;
      if (passwordHash === null) await requireRecentSignIn(context);
      else if (!(await context.ports.passwords.verify(passwordHash, password ?? ''))) throw context.fail('PASSWORD_WRONG');
      return context.transact(async (work) => {
        // Before the own row is held: owners are held in one order.
        if (work.caller.role === 'owner') await requireAnotherOwner(work, userId);
        const [current] = await work.db
          .select({ passwordHash: users.passwordHash })
          .from(users)
          .where(eq(users.id, userId))
          .for('no key update');
        // Another device changed it while this one was checked.
        if (current?.passwordHash !== passwordHash) throw work.fail('PASSWORD_WRONG');
        await setAccountStatus(work, userId, { status: 'deleted', reason: 'The owner deleted it.', by: userId });
        await audit(work, { actorId: userId, action: 'account.deleted', subjectType: 'user', subjectId: userId });
        return { erasedAt: erasedAfter(work.now).toISOString() };
      });
    },
  },

  statistics: (context) => readStatistics(context, context.caller.userId),

  async exportMe(context) {
    const { userId } = context.caller;
    const { row, begun } = await beginExport(context, userId);
    if (begun) await audit(context, { actorId: userId, action: 'account.exported', subjectType: 'user', subjectId: userId });
    return presentExport(row);
  },

  async exportStatus({ db, caller, now }) {
    const row = await currentExport(db, caller.userId, now);
    return { export: row === undefined ? null : presentExport(row) };
  },

  async exportPart(context, { part }) {
    const { db, caller, now } = context;
    const row = await currentExport(db, caller.userId, now);
    const text = row === undefined || row.readyAt === null ? undefined : await exportPart(db, caller.userId, part);
    if (row === undefined || text === undefined) throw context.fail('EXPORT_NOT_FOUND');
    return { part, parts: row.parts, text };
  },
});
