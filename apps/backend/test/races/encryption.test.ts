import { type ClaimedKey, keyOwner, type OwnEncryptionDevice } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { publishKeys } from '../rig/encryption';
import { codeOf } from '../rig/http';
import { match, type Someone, signUp } from '../rig/people';

/** What several do to the keys of one person at once, on a real PostgreSQL. */
let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('postgres', { env: { DATABASE_POOL_SIZE: '16' } });
});
afterAll(() => backend.close());

describe('keys of one device', () => {
  it('that many claim at once are handed out once each, and none is lost', { timeout: 60_000 }, async () => {
    const [ben, ...others] = (await Promise.all(
      Array.from({ length: 6 }, (_, index) => signUp(backend.baseURL, { name: `Claimer ${index}` })),
    )) as [Someone, ...Someone[]];
    for (const other of others) {
      await match(ben, other);
      await ben.do('conversations.openDirect', { userId: other.id });
    }
    const names = Array.from({ length: 40 }, (_, index) => `curve25519:${index}`);
    const deviceId = await publishKeys(ben, names);
    const claims = Array.from({ length: 50 }, (_, index) => {
      const claimer = others[index % others.length] as Someone;
      return claimer.do<{ items: ClaimedKey[] }>('encryption.claim', { devices: [{ userId: ben.id, deviceId }] });
    });
    const taken = (await Promise.all(claims)).flatMap(({ items }) => items.map(({ name }) => name));
    expect(taken.sort()).toEqual([...names].sort());
    expect((await ben.do<OwnEncryptionDevice>('encryption.status')).oneTimeKeys).toBe(0);
  });
});

describe('two devices that begin at once', () => {
  it('make one identity', { timeout: 60_000 }, async () => {
    const ada = await signUp(backend.baseURL, { name: 'Ada' });
    const keyOf = (name: string) => JSON.stringify({ user_id: keyOwner(ada.id), keys: { [`ed25519:${name}`]: name } });
    const identities = Array.from({ length: 6 }, (_, n) => ({
      masterKey: keyOf(`master${n}`),
      selfSigningKey: keyOf(`self${n}`),
      userSigningKey: keyOf(`user${n}`),
      replaces: null,
    }));
    const codes = await Promise.all(identities.map(async (one) => codeOf(await ada.call('encryption.publishIdentity', one))));
    expect(codes.sort()).toEqual([
      'ENCRYPTION_IDENTITY_CHANGED',
      'ENCRYPTION_IDENTITY_CHANGED',
      'ENCRYPTION_IDENTITY_CHANGED',
      'ENCRYPTION_IDENTITY_CHANGED',
      'ENCRYPTION_IDENTITY_CHANGED',
      'ok',
    ]);
  });
});
