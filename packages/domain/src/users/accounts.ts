import { defaultPreferences, type Language, type Me, maximumAge, minimumAge, type Preferences } from '@app/contracts';
import { eq, sql } from 'drizzle-orm';
import { syncCard } from '../discovery/cards';
import { presentNotificationSettings } from '../notifications/preferences';
import { ageOn } from '../people/age';
import type { Context, Work } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { profiles } from '../profiles/table';
import { syncHeads } from '../sync/table';
import { isUsable } from './standing';
import { preferences, users } from './table';

export interface NewAccount {
  /** Null for someone who signs in without one. */
  readonly email: string | null;
  /** Whether it is proven that the address is theirs. Default: not. */
  readonly emailVerified?: boolean;
  /** In E.164, proven to be theirs. */
  readonly phone?: string;
  /** Null for someone who signs in without one. */
  readonly passwordHash: string | null;
  readonly displayName: string;
  readonly birthDate: string;
  readonly gender: Me['gender'];
  /** Which they are spoken to in. Default: that of the default settings. */
  readonly language?: Language | undefined;
}

/** Refuses a birth date of someone too young, or one that cannot be. */
export function requireAdult(context: Context<'UNDER_AGE', unknown>, birthDate: string): void {
  const age = ageOn(birthDate, context.now);
  if (age < minimumAge) throw context.fail('UNDER_AGE', { minimumAge });
  if (age > maximumAge) {
    throw fail('VALIDATION_FAILED', {
      issues: [{ path: 'birthDate', message: `Nobody is older than ${maximumAge} years`, code: 'too_small' }],
    });
  }
}

/** The names by which the vault knows the two columns. */
export const emailPlace = 'users.email';
export const phonePlace = 'users.phone';

/** An email as it is kept. */
export async function sealedEmail({ ports }: Work, email: string) {
  return { emailSealed: await ports.vault.seal(emailPlace, email), emailHash: await ports.vault.lookup(emailPlace, email) };
}

/** A phone number, in E.164, as it is kept. */
export async function sealedPhone({ ports }: Work, phone: string) {
  return { phoneSealed: await ports.vault.seal(phonePlace, phone), phoneHash: await ports.vault.lookup(phonePlace, phone) };
}

/** The account that has this email, in lower case. */
export async function accountByEmail({ db, ports }: Pick<Work, 'db' | 'ports'>, email: string) {
  const [account] = await db
    .select()
    .from(users)
    .where(eq(users.emailHash, await ports.vault.lookup(emailPlace, email)));
  return account;
}

/** The account that has proven to have this phone number, in E.164. */
export async function accountByPhone({ db, ports }: Pick<Work, 'db' | 'ports'>, phone: string) {
  const [account] = await db
    .select()
    .from(users)
    .where(eq(users.phoneHash, await ports.vault.lookup(phonePlace, phone)));
  return account;
}

/** Whoever else wants this number waits until this transaction is over, and then sees whose it is. */
export async function holdPhone({ db, ports }: Pick<Work, 'db' | 'ports'>, phone: string): Promise<void> {
  const key = `${phonePlace}:${await ports.vault.lookup(phonePlace, phone)}`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

/** Makes an account for somebody who brings a password. Answers its id. */
export async function createAccount(context: Context<'EMAIL_TAKEN', unknown>, account: NewAccount): Promise<string> {
  const userId = await openAccount(context, account);
  if (userId === undefined) throw context.fail('EMAIL_TAKEN');
  return userId;
}

/** Makes an account with its profile, settings and log. Answers its id; `undefined` where its email or phone number has one. */
export async function openAccount(context: Work, account: NewAccount): Promise<string | undefined> {
  const { db, now } = context;
  const { email, emailVerified = false, phone, passwordHash } = account;
  const userId = context.newId();
  const [created] = await db
    .insert(users)
    .values({
      id: userId,
      ...(email === null ? {} : await sealedEmail(context, email)),
      ...(phone === undefined ? {} : { ...(await sealedPhone(context, phone)), phoneVerifiedAt: now }),
      emailVerifiedAt: email !== null && emailVerified ? now : null,
      passwordHash,
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (created === undefined) return undefined;
  await db.insert(profiles).values({
    userId,
    displayName: account.displayName,
    birthDate: account.birthDate,
    gender: account.gender,
    lastActiveAt: now,
  });
  // Only the switches of the channels: what was never touched follows the default, also when that changes.
  const { categories: _, quietHours: __, ...notifications } = defaultPreferences.notifications;
  const app = { ...defaultPreferences.app, ...(account.language === undefined ? {} : { language: account.language }) };
  await db.insert(preferences).values({ userId, notifications, ...toPreferenceColumns({ ...defaultPreferences, app }) });
  await db.insert(syncHeads).values({ userId });
  await syncCard(db, userId);
  return userId;
}

export function toPreferenceColumns({
  privacy: { profileVisibility, showDistance, ...privacy },
  app,
  discovery,
}: Omit<Preferences, 'notifications'>) {
  return { privacy, app, profileVisibility, showDistance, ...discovery };
}

export function presentPreferences(row: typeof preferences.$inferSelect): Preferences {
  return {
    notifications: presentNotificationSettings(row.notifications),
    privacy: { profileVisibility: row.profileVisibility, showDistance: row.showDistance, ...row.privacy },
    app: row.app,
    discovery: { genders: row.genders, ageMin: row.ageMin, ageMax: row.ageMax, maxDistanceKm: row.maxDistanceKm },
  };
}

/** The account as its owner sees it. The caller has authenticated, so it is there. */
export async function readMe({ db, now, ports }: Work, userId: string): Promise<Me> {
  const [row] = await db.select().from(users).innerJoin(profiles, eq(profiles.userId, users.id)).where(eq(users.id, userId));
  if (row === undefined) throw new Error(`The account ${userId} has no row.`);
  const { users: account, profiles: profile } = row;
  return {
    id: account.id,
    email: account.emailSealed === null ? null : await ports.vault.open(emailPlace, account.emailSealed),
    emailVerified: account.emailVerifiedAt !== null,
    phone: account.phoneSealed === null ? null : await ports.vault.open(phonePlace, account.phoneSealed),
    hasPassword: account.passwordHash !== null,
    role: account.role,
    status: isUsable(account, now) ? 'active' : account.status,
    displayName: profile.displayName,
    birthDate: profile.birthDate,
    age: ageOn(profile.birthDate, now),
    gender: profile.gender,
    createdAt: account.createdAt.toISOString(),
  };
}
