import { keyOwner } from '@app/contracts';
import type { Someone } from './people';

/** The session of an access token: by it a device is known. */
export function deviceOf({ token }: Pick<Someone, 'token'>): string {
  return (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid;
}

/** Keys that look as somebody's device makes them. What they open nobody knows: the service looks at their names alone. */
export function keysOf(who: Someone) {
  const [owner, deviceId] = [keyOwner(who.id), deviceOf(who)];
  const key = (name: string) => ({ user_id: owner, keys: { [`ed25519:${name}`]: name } });
  const device = { ...key(deviceId), device_id: deviceId };
  return {
    deviceKeys: JSON.stringify(device),
    masterKey: JSON.stringify(key('master')),
    selfSigningKey: JSON.stringify(key('devices')),
    userSigningKey: JSON.stringify(key('people')),
    signed: JSON.stringify({ ...device, signatures: { [owner]: { 'ed25519:devices': 'signed' } } }),
  };
}

/** Publishes keys of somebody's device. Answers the id of the device. */
export async function publishKeys(who: Someone, oneTimeKeys: readonly string[] = []): Promise<string> {
  const named = oneTimeKeys.map((name) => ({ name, key: JSON.stringify({ key: name }) }));
  await who.do('encryption.publish', { deviceKeys: keysOf(who).deviceKeys, oneTimeKeys: named });
  return deviceOf(who);
}

/** Somebody can be encrypted to from then on. */
export async function beReady(who: Someone): Promise<void> {
  await publishKeys(who);
  const { masterKey, selfSigningKey, userSigningKey } = keysOf(who);
  await who.do('encryption.publishIdentity', { masterKey, selfSigningKey, userSigningKey, replaces: null });
}

/** Sends something to the device of somebody. */
export async function sendEnvelope(from: Someone, to: Someone): Promise<void> {
  const items = [{ userId: to.id, deviceId: await publishKeys(to), content: '{}' }];
  await from.do('encryption.sendEnvelopes', { type: 'm.room.encrypted', items });
}
