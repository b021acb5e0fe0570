import { api, done, type Preferences } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { syncCard } from '../discovery/cards';
import { changedNotificationSettings, presentNotificationSettings } from '../notifications/preferences';
import { dropTokensOf, takePushToken } from '../notifications/push-tokens';
import type { Work } from '../pipeline/context';
import { implement } from '../pipeline/implement';
import { profiles } from '../profiles/table';
import { presentPreferences, readMe, requireAdult, toPreferenceColumns } from './accounts';
import { preferences } from './table';

async function readPreferences({ db }: Work, userId: string): Promise<Preferences> {
  const [row] = await db.select().from(preferences).where(eq(preferences.userId, userId));
  if (row === undefined) throw new Error(`The account ${userId} has no preferences.`);
  return presentPreferences(row);
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
});
