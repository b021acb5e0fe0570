import { type Done, done, type EncryptionDevice, keyOwner, type PersonKeys } from '@app/contracts';
import { and, asc, eq, inArray, or } from 'drizzle-orm';
import { sessions } from '../auth/table';
import type { Context } from '../pipeline/context';
import { isSignedIn } from './device';
import { publicKeyOf, readKeys, type SignedKeys, withSignatures } from './keys';
import { tellKeysChanged, withinReach } from './reach';
import { encryptionDevices, encryptionIdentities, verifiedIdentities } from './table';

interface NewIdentity {
  readonly masterKey: string;
  readonly selfSigningKey: string;
  readonly userSigningKey: string;
  readonly replaces: string | null;
}

/** The public part of a master key that is kept. */
function masterOf({ masterKey }: { readonly masterKey: string }): string | undefined {
  const keys = readKeys(masterKey);
  return keys && publicKeyOf(keys);
}

/**
 * Takes the identity of a person. One that takes the place of another has to name it: of two devices that begin at once, one makes
 * the identity and the other learns of it.
 */
export async function publishIdentity(
  context: Context<'ENCRYPTION_KEYS_INVALID' | 'ENCRYPTION_IDENTITY_CHANGED'>,
  { replaces, ...given }: NewIdentity,
): Promise<Done> {
  const { db, now, caller } = context;
  const { userId } = caller;
  for (const text of Object.values(given)) {
    const keys = readKeys(text);
    if (keys?.user_id !== keyOwner(userId) || publicKeyOf(keys) === undefined) throw context.fail('ENCRYPTION_KEYS_INVALID');
  }
  const [known] = await db.select().from(encryptionIdentities).where(eq(encryptionIdentities.userId, userId)).for('update');
  const current = known === undefined ? null : masterOf(known);
  // Sent a second time.
  if (current !== null && current === masterOf(given)) return done;
  if (current !== replaces) throw context.fail('ENCRYPTION_IDENTITY_CHANGED');
  if (known === undefined) {
    const [made] = await db
      .insert(encryptionIdentities)
      .values({ userId, ...given, changedAt: now })
      .onConflictDoNothing()
      .returning({ userId: encryptionIdentities.userId });
    if (made === undefined) throw context.fail('ENCRYPTION_IDENTITY_CHANGED');
  } else {
    await db
      .update(encryptionIdentities)
      .set({ ...given, changedAt: now })
      .where(eq(encryptionIdentities.userId, userId));
    // What was verified of the one before, and by it, is worth nothing any more.
    await db.delete(verifiedIdentities).where(or(eq(verifiedIdentities.signerId, userId), eq(verifiedIdentities.userId, userId)));
  }
  await tellKeysChanged(context, userId);
  return done;
}

interface SignedItem {
  readonly userId: string;
  readonly keyName: string;
  readonly signed: string;
}

/** Adds the caller's signatures to what they have signed. */
export async function addSignatures(context: Context<'ENCRYPTION_KEYS_INVALID'>, items: readonly SignedItem[]): Promise<Done> {
  const { caller } = context;
  const signer = keyOwner(caller.userId);
  let isSeen = false;
  // A handful at most, each another row.
  for (const { userId, keyName, signed } of items) {
    const given = readKeys(signed);
    if (given?.user_id !== keyOwner(userId) || given.signatures?.[signer] === undefined) throw context.fail('ENCRYPTION_KEYS_INVALID');
    if (userId === caller.userId) isSeen = (await signOwn(context, keyName, given)) || isSeen;
    else await keepVerified(context, userId, given);
  }
  if (isSeen) await tellKeysChanged(context, caller.userId);
  return done;
}

/** A signature on one of the caller's own devices, or on their identity. Answers whether there is such a thing. */
async function signOwn({ db, caller }: Context<'ENCRYPTION_KEYS_INVALID'>, keyName: string, given: SignedKeys): Promise<boolean> {
  const { userId } = caller;
  const signer = keyOwner(userId);
  const devices = await db.select().from(encryptionDevices).where(eq(encryptionDevices.userId, userId)).for('update');
  const device = devices.find(({ sessionId }) => sessionId === keyName);
  const kept = device && readKeys(device.keys);
  if (device !== undefined && kept !== undefined) {
    await db
      .update(encryptionDevices)
      .set({ keys: JSON.stringify(withSignatures(kept, given, signer)) })
      .where(eq(encryptionDevices.sessionId, device.sessionId));
    return true;
  }
  const [identity] = await db.select().from(encryptionIdentities).where(eq(encryptionIdentities.userId, userId)).for('update');
  const master = identity && readKeys(identity.masterKey);
  if (master === undefined || publicKeyOf(master) !== keyName) return false;
  await db
    .update(encryptionIdentities)
    .set({ masterKey: JSON.stringify(withSignatures(master, given, signer)) })
    .where(eq(encryptionIdentities.userId, userId));
  return true;
}

/** That the caller has verified somebody: their devices hear of it when they ask for the keys. */
async function keepVerified(context: Context<'ENCRYPTION_KEYS_INVALID'>, userId: string, given: SignedKeys): Promise<void> {
  const { db, caller } = context;
  if (!(await withinReach(context, [userId], { toWrite: false })).has(userId)) return;
  const [identity] = await db.select().from(encryptionIdentities).where(eq(encryptionIdentities.userId, userId));
  const master = identity && readKeys(identity.masterKey);
  if (master === undefined || publicKeyOf(master) !== publicKeyOf(given)) return;
  const masterKey = JSON.stringify(withSignatures({ ...master, signatures: {} }, given, keyOwner(caller.userId)));
  await db
    .insert(verifiedIdentities)
    .values({ signerId: caller.userId, userId, masterKey })
    .onConflictDoUpdate({ target: [verifiedIdentities.signerId, verifiedIdentities.userId], set: { masterKey } });
  await tellOwnDevices(context, userId);
}

async function tellOwnDevices({ emit, caller }: Context<'ENCRYPTION_KEYS_INVALID'>, userId: string): Promise<void> {
  emit('encryption:keys_changed', caller.userId, { userId });
}

/** The keys of people whom the caller may ask about. Of others a master key bears what the caller has signed, beside what they signed themselves. */
export async function keysOfPeople(context: Context, userIds: readonly string[]): Promise<PersonKeys[]> {
  const { db, now, caller } = context;
  const ids = [...(await withinReach(context, userIds, { toWrite: false }))];
  if (ids.length === 0) return [];
  const [identities, devices, verified] = await Promise.all([
    db.select().from(encryptionIdentities).where(inArray(encryptionIdentities.userId, ids)),
    db
      .select({ device: encryptionDevices, name: sessions.device })
      .from(encryptionDevices)
      .innerJoin(sessions, eq(sessions.id, encryptionDevices.sessionId))
      .where(and(inArray(encryptionDevices.userId, ids), isSignedIn(now)))
      .orderBy(asc(encryptionDevices.sessionId)),
    db
      .select()
      .from(verifiedIdentities)
      .where(and(eq(verifiedIdentities.signerId, caller.userId), inArray(verifiedIdentities.userId, ids))),
  ]);
  return ids.map((userId) => {
    const isOwn = userId === caller.userId;
    const identity = identities.find((one) => one.userId === userId);
    const signed = verified.find((one) => one.userId === userId);
    const own = devices.filter(({ device }) => device.userId === userId);
    return {
      userId,
      identity:
        identity === undefined
          ? null
          : {
              masterKey: masterSeenBy(caller.userId, identity.masterKey, signed?.masterKey),
              selfSigningKey: identity.selfSigningKey,
              userSigningKey: isOwn ? identity.userSigningKey : null,
            },
      devices: own.map(
        ({ device, name }): EncryptionDevice => ({
          deviceId: device.sessionId,
          keys: device.keys,
          name: isOwn ? name : null,
          publishedAt: device.publishedAt.toISOString(),
        }),
      ),
    };
  });
}

function masterSeenBy(viewerId: string, masterKey: string, verified: string | undefined): string {
  const [master, signed] = [readKeys(masterKey), verified === undefined ? undefined : readKeys(verified)];
  if (master === undefined || signed === undefined || publicKeyOf(master) !== publicKeyOf(signed)) return masterKey;
  return JSON.stringify(withSignatures(master, signed, keyOwner(viewerId)));
}
