import { createCipheriv } from 'node:crypto';
import { type FileKey, keyOwner } from '@app/contracts';
import type { Device } from './world';

/** Keys that look as devices make them. What they open nobody knows: the service looks at their names alone. */
export function deviceKeys(userId: string, deviceId: string, key = 'device-key'): string {
  return JSON.stringify({ user_id: keyOwner(userId), device_id: deviceId, keys: { [`ed25519:${deviceId}`]: key } });
}

export function identityOf(userId: string, master = `master of ${userId}`) {
  const of = (key: string) => JSON.stringify({ user_id: keyOwner(userId), keys: { [`ed25519:${key}`]: key } });
  return { masterKey: of(master), selfSigningKey: of(`${master}, devices`), userSigningKey: of(`${master}, people`) };
}

/** A key with a signature of somebody added. */
export function signedBy(userId: string, text: string, by: string): string {
  const keys = JSON.parse(text) as { signatures?: Record<string, Record<string, string>> };
  return JSON.stringify({ ...keys, signatures: { ...keys.signatures, [keyOwner(userId)]: { [`ed25519:${by}`]: `signed by ${by}` } } });
}

export function oneTimeKeys(...names: string[]) {
  return names.map((name) => ({ name: `signed_curve25519:${name}`, key: JSON.stringify({ key: name }) }));
}

/** Gives people what it takes to have encrypted conversations. */
export async function giveKeys(...people: Device[]): Promise<void> {
  for (const who of people) {
    await who.call('encryption.publish', { deviceKeys: deviceKeys(who.userId, who.sessionId) });
    await who.call('encryption.publishIdentity', { ...identityOf(who.userId), replaces: null });
  }
}

const [fileSecret, counter] = [Buffer.alloc(32, 7), Buffer.alloc(16, 255)];
/** What opens the files that were encrypted here. */
export const fileKey: FileKey = { algorithm: 'aes-256-ctr', key: fileSecret.toString('base64url'), iv: counter.toString('base64url') };

/** A file as a device encrypts it, by another implementation than the one that opens it. */
export function encryptFile(bytes: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-ctr', fileSecret, counter);
  return Uint8Array.from(Buffer.concat([cipher.update(bytes), cipher.final()]));
}

export const envelope = (ciphertext = 'AwgAEkAOtRfyxmCEv6yHbB7kJk5oYwVbE9WbZ2Xn') => ({
  algorithm: 'm.megolm.v1.aes-sha2',
  sessionId: 'DNU6cZYbPFnrsPlTiXUWdJRgG3WDHVvLJ7wPCfCnVLU',
  ciphertext,
});
