import { and, eq, lt, ne } from 'drizzle-orm';
import type { Db } from '../db/database';
import type { KnowsDevice } from '../limits/guarding';
import { notify } from '../notifications/notify';
import type { Origin, Work } from '../pipeline/context';
import type { Kernel } from '../pipeline/unit-of-work';
import { accountByEmail } from '../users/accounts';
import { deviceName } from './device';
import { devices } from './table';

/** A device that was not seen for so long is new again, in days. */
const forgottenAfterDays = 400;

/** What a device is known by: the id that its app keeps, or what it says of itself where it keeps none. */
function deviceHash({ ports }: Pick<Work, 'ports'>, { deviceId, userAgent, platform }: Origin): Promise<string> {
  const mark = deviceId === undefined ? `says|${deviceName(userAgent)}|${platform ?? ''}` : `keeps|${deviceId}`;
  return ports.vault.lookup('devices.device_hash', mark);
}

/** Notes that a device has signed in. Where the account has other devices and this one is new, its owner is told. */
export async function noteDevice(work: Work, userId: string, sessionId: string, origin: Origin): Promise<void> {
  const { db, now } = work;
  const hash = await deviceHash(work, origin);
  const [noted] = await db
    .insert(devices)
    .values({ userId, deviceHash: hash, firstSeenAt: now, lastSeenAt: now })
    .onConflictDoUpdate({ target: [devices.userId, devices.deviceHash], set: { lastSeenAt: now } })
    .returning({ firstSeenAt: devices.firstSeenAt });
  if (noted?.firstSeenAt.getTime() !== now.getTime()) return;
  const others = await db.$count(devices, and(eq(devices.userId, userId), ne(devices.deviceHash, hash)));
  if (others === 0) return;
  const data = { sessionId, device: deviceName(origin.userAgent), address: origin.address };
  await notify(work, { userId, kind: 'new_device', data });
}

/** Tells for a sign-in by email whether its device has signed in to that account before. Only an id that the app keeps proves that. */
export function knownDevices({ database: { db }, ports }: Kernel): KnowsDevice {
  return async (input, origin) => {
    const { email } = input as { readonly email?: string };
    if (email === undefined || origin.deviceId === undefined) return false;
    const account = await accountByEmail({ db, ports }, email);
    if (account === undefined) return false;
    const hash = await deviceHash({ ports }, origin);
    return (await db.$count(devices, and(eq(devices.userId, account.id), eq(devices.deviceHash, hash)))) > 0;
  };
}

export async function expireDevices(db: Db, now: Date): Promise<void> {
  await db.delete(devices).where(lt(devices.lastSeenAt, new Date(now.getTime() - forgottenAfterDays * 24 * 60 * 60 * 1000)));
}
