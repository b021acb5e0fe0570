import { keyOwner, maxOneTimeKeys, type OwnEncryptionDevice } from '@app/contracts';
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { sessions } from '../auth/table';
import type { Context, Work } from '../pipeline/context';
import { isObject, readKeys } from './keys';
import { tellKeysChanged } from './reach';
import { encryptionDevices, encryptionIdentities, oneTimeKeys } from './table';

/** A key with its name. */
interface NamedKey {
  readonly name: string;
  readonly key: string;
}

interface Published {
  readonly deviceKeys?: string | undefined;
  readonly oneTimeKeys?: readonly NamedKey[] | undefined;
  readonly fallbackKey?: NamedKey | undefined;
}

export async function deviceStatus({ db, caller }: Context): Promise<OwnEncryptionDevice> {
  const { userId, sessionId } = caller;
  const [device] = await db.select().from(encryptionDevices).where(eq(encryptionDevices.sessionId, sessionId));
  const [identities, waiting] = await Promise.all([
    db.$count(encryptionIdentities, eq(encryptionIdentities.userId, userId)),
    db.$count(oneTimeKeys, eq(oneTimeKeys.sessionId, sessionId)),
  ]);
  return {
    userId,
    deviceId: sessionId,
    published: device !== undefined,
    hasIdentity: identities > 0,
    oneTimeKeys: waiting,
    hasFallback: device !== undefined && device.fallbackKey !== null && !device.fallbackUsed,
  };
}

/** Takes the keys that this device makes known. What others have signed of it stays on it. */
export async function publishDevice(
  context: Context<'ENCRYPTION_KEYS_INVALID'>,
  { deviceKeys, oneTimeKeys: added = [], fallbackKey }: Published,
): Promise<OwnEncryptionDevice> {
  const { db, now, caller } = context;
  const { userId, sessionId } = caller;
  const each = fallbackKey === undefined ? added : [...added, fallbackKey];
  if (!each.every(({ key }) => isObject(key))) throw context.fail('ENCRYPTION_KEYS_INVALID');
  // Held, so that nothing is published for a device that is being signed out.
  const [session] = await db.select({ revokedAt: sessions.revokedAt }).from(sessions).where(eq(sessions.id, sessionId)).for('update');
  if (session === undefined || session.revokedAt !== null) throw context.fail('ENCRYPTION_KEYS_INVALID');
  const [known] = await db.select().from(encryptionDevices).where(eq(encryptionDevices.sessionId, sessionId)).for('update');

  if (deviceKeys !== undefined) {
    const given = readKeys(deviceKeys);
    if (given?.user_id !== keyOwner(userId) || given.device_id !== sessionId) throw context.fail('ENCRYPTION_KEYS_INVALID');
    // The keys of a device stay what they are: whoever wants others signs in anew, and is seen to.
    if (known !== undefined && !hasSameKeys(known.keys, deviceKeys)) throw context.fail('ENCRYPTION_KEYS_INVALID');
    if (known === undefined) {
      await db.insert(encryptionDevices).values({ sessionId, userId, keys: deviceKeys, publishedAt: now });
      await tellKeysChanged(context, userId);
    }
  } else if (known === undefined) {
    throw context.fail('ENCRYPTION_KEYS_INVALID');
  }
  if (fallbackKey !== undefined) {
    const { name, key } = fallbackKey;
    const isUsed = known?.fallbackName === name && known.fallbackUsed;
    await db
      .update(encryptionDevices)
      .set({ fallbackName: name, fallbackKey: key, fallbackUsed: isUsed })
      .where(eq(encryptionDevices.sessionId, sessionId));
  }
  const waiting = await db.$count(oneTimeKeys, eq(oneTimeKeys.sessionId, sessionId));
  const taken = added.slice(0, Math.max(0, maxOneTimeKeys - waiting));
  if (taken.length > 0) {
    await db
      .insert(oneTimeKeys)
      .values(taken.map(({ name, key }) => ({ sessionId, name, key })))
      .onConflictDoNothing();
  }
  return deviceStatus(context);
}

function hasSameKeys(one: string, other: string): boolean {
  const [a, b] = [readKeys(one)?.keys ?? {}, readKeys(other)?.keys ?? {}];
  return Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, key]) => b[name] === key);
}

/** Devices that are signed out can be encrypted to no more: their keys and what waits for them go. */
export async function dropEncryptionDevices(work: Work, userId: string, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  const dropped = await work.db
    .delete(encryptionDevices)
    .where(and(eq(encryptionDevices.userId, userId), inArray(encryptionDevices.sessionId, [...sessionIds])))
    .returning({ id: encryptionDevices.sessionId });
  if (dropped.length > 0) await tellKeysChanged(work, userId);
}

/** So many devices at once are told of that are not signed in any more. */
const mostExpired = 500;

/**
 * Takes away devices whose sessions have come to their end, which nobody has signed out: those who write to them are told as of any other.
 * Answers whether there may be more.
 */
export async function expireEncryptionDevices(work: Work): Promise<boolean> {
  const ended = work.db
    .select({ id: encryptionDevices.sessionId })
    .from(encryptionDevices)
    .innerJoin(sessions, eq(sessions.id, encryptionDevices.sessionId))
    .where(lt(sessions.expiresAt, work.now))
    .limit(mostExpired);
  const dropped = await work.db
    .delete(encryptionDevices)
    .where(inArray(encryptionDevices.sessionId, ended))
    .returning({ userId: encryptionDevices.userId });
  if (dropped.length > 0) await tellKeysChanged(work, ...new Set(dropped.map(({ userId }) => userId)));
  return dropped.length === mostExpired;
}

/** Whether a session is one that can be encrypted to, as a condition of a query that has `sessions` joined to it. */
export function isSignedIn(now: Date) {
  return sql`(${sessions.revokedAt} is null and ${sessions.expiresAt} > ${now.toISOString()}::timestamptz)`;
}
