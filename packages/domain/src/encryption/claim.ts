import type { ClaimedKey } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { sessions } from '../auth/table';
import { rows } from '../db/database';
import { arrayOf } from '../db/written';
import type { Context } from '../pipeline/context';
import { isSignedIn } from './device';
import { withinReach } from './reach';
import { encryptionDevices, oneTimeKeys } from './table';

export interface Target {
  readonly userId: string;
  readonly deviceId: string;
}

/** Devices that are signed in, of those that are asked for, by people whom the caller may reach. */
export async function devicesWithinReach(context: Context, targets: readonly Target[], reach: { toWrite: boolean }): Promise<Target[]> {
  const allowed = await withinReach(
    context,
    targets.map(({ userId }) => userId),
    reach,
  );
  const asked = new Map(targets.filter(({ userId }) => allowed.has(userId)).map((target) => [target.deviceId, target.userId]));
  if (asked.size === 0) return [];
  return rows<Target>(
    context.db,
    sql`select device.session_id as "deviceId", device.user_id as "userId"
        from unnest(${arrayOf([...asked.keys()])}::uuid[], ${arrayOf([...asked.values()])}::uuid[]) asked (session_id, user_id)
        join ${encryptionDevices} device on device.session_id = asked.session_id and device.user_id = asked.user_id
        join ${sessions} on sessions.id = device.session_id and ${isSignedIn(context.now)}`,
  );
}

/** Takes one key of each device. Two who ask at once never get the same one: what one has taken hold of the other passes over. */
export async function claimKeys(context: Context, targets: readonly Target[]): Promise<ClaimedKey[]> {
  const { db } = context;
  const devices = await devicesWithinReach(context, targets, { toWrite: true });
  if (devices.length === 0) return [];
  const owners = new Map(devices.map(({ deviceId, userId }) => [deviceId, userId]));
  const ids = arrayOf([...owners.keys()]);
  interface Taken {
    readonly deviceId: string;
    readonly name: string;
    readonly key: string;
  }
  const taken = await rows<Taken>(
    db,
    sql`with taken as (
          select chosen.* from unnest(${ids}::uuid[]) device (id) cross join lateral (
            select session_id, name from ${oneTimeKeys} where session_id = device.id order by name limit 1 for update skip locked
          ) chosen
        )
        delete from ${oneTimeKeys} gone using taken where gone.session_id = taken.session_id and gone.name = taken.name
        returning gone.session_id as "deviceId", gone.name, gone.key`,
  );
  const without = [...owners.keys()].filter((id) => !taken.some(({ deviceId }) => deviceId === id));
  const fallbacks =
    without.length === 0
      ? []
      : await rows<Taken>(
          db,
          sql`update ${encryptionDevices} set fallback_used = true where session_id = any(${arrayOf(without)}::uuid[]) and fallback_key is not null
              returning session_id as "deviceId", fallback_name as name, fallback_key as key`,
        );
  return [...taken, ...fallbacks].map(({ deviceId, name, key }) => ({ userId: owners.get(deviceId) ?? '', deviceId, name, key }));
}
