import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FirebaseIdentity, firebaseIdentity } from '../../src/adapters/firebase-identity';

/** Where Google publishes what its ID tokens are signed by. The library asks nowhere else. */
const certificates = 'https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com';
const projectId = 'heartline-app';
const now = () => Math.floor(Date.now() / 1000);

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
let key: Key;
let foreignKey: Key;
let published = '';
let identity: FirebaseIdentity;
const google = setupServer(http.get(certificates, () => HttpResponse.json({ 'key-1': published })));

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  key = pair.privateKey;
  published = await exportSPKI(pair.publicKey);
  foreignKey = (await generateKeyPair('RS256')).privateKey;
  google.listen({ onUnhandledRequest: 'error' });
  identity = firebaseIdentity({ projectId, serviceAccount: null, emulatorHost: null });
});
afterEach(() => google.resetHandlers());
afterAll(async () => {
  await identity.close();
  google.close();
});

interface Making {
  readonly claims?: Record<string, unknown>;
  readonly header?: { readonly kid?: string };
  readonly by?: Key;
}

const claimsOf = (rest: Record<string, unknown> = {}) => ({
  iss: `https://securetoken.google.com/${projectId}`,
  aud: projectId,
  sub: 'uid-of-kim',
  iat: now() - 10,
  exp: now() + 3600,
  auth_time: now() - 10,
  email: 'Kim@Example.com',
  email_verified: true,
  firebase: { sign_in_provider: 'google.com', identities: {} },
  ...rest,
});
const token = ({ claims = {}, header = {}, by = key }: Making = {}) =>
  new SignJWT(claimsOf(claims)).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'key-1', ...header }).sign(by);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an ID token of Firebase', () => {
  it('vouches for who it was made out to', async () => {
    expect(await identity.verify(await token(), new Date())).toEqual({
      ok: true,
      identity: {
        provider: 'firebase',
        subject: 'uid-of-kim',
        via: 'google.com',
        email: 'kim@example.com',
        emailVerified: true,
        phone: null,
      },
    });
  });

  it('says of an email only what it says, and brings a number that the provider has verified', async () => {
    const claims = { email_verified: undefined, phone_number: '+351912345678', firebase: { sign_in_provider: 'phone' } };
    expect(await identity.verify(await token({ claims }), new Date())).toMatchObject({
      identity: { via: 'phone', emailVerified: false, phone: '+351912345678' },
    });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['that is over', () => token({ claims: { iat: now() - 7200, exp: now() - 1 } })],
    ['of another project', () => token({ claims: { aud: 'another-app', iss: 'https://securetoken.google.com/another-app' } })],
    ['for another audience', () => token({ claims: { aud: 'another-app' } })],
    ['of another issuer', () => token({ claims: { iss: 'https://accounts.google.com' } })],
    ['of nobody', () => token({ claims: { sub: '' } })],
    ['signed by another key', () => token({ by: foreignKey })],
    ['signed by a key that Google does not publish', () => token({ header: { kid: 'key-2' } })],
    ['without a key', () => token({ header: { kid: undefined } })],
    ['signed by nobody, as the emulator’s are', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(claimsOf())}.`],
    [
      'signed by what is public',
      () => new SignJWT(claimsOf()).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(new TextEncoder().encode(published)),
    ],
    [
      'whose claims were changed',
      async () =>
        (await token())
          .split('.')
          .with(1, part(claimsOf({ sub: 'uid-of-ada' })))
          .join('.'),
    ],
    ['that is none', () => 'x.y.z'],
    ['that is less than none', () => ''],
  ])('%s is refused', async (_what, made) => {
    expect(await identity.verify(await made(), new Date())).toEqual({ ok: false, reason: 'invalid' });
  });

  it('is not called wrong where Google cannot be asked', async () => {
    const fresh = firebaseIdentity({ projectId, serviceAccount: null, emulatorHost: null });
    google.use(http.get(certificates, () => HttpResponse.error()));
    await expect(fresh.verify(await token(), new Date())).rejects.toThrow();
    google.use(http.get(certificates, () => new HttpResponse('away', { status: 503 })));
    await expect(fresh.verify(await token(), new Date())).rejects.toThrow(/public keys/i);
    await fresh.close();
  });
});
