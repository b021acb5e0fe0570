// Photos where media are kept in a bucket: sent there by the app itself, looked at by the service, and served from there.
import { createApiClient, memoryTokens } from '@app/api-client';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// The way that a photo takes is the SDK's to choose: `uploadService` and `usePhotos` both go by this.
import { sendPhoto } from '../../../../packages/api-client/src/send-photo';
import { keys, s3StandIn } from '../adapters/s3-stand-in';
import { startTestBackend, type TestBackend } from '../rig/backend';

let store: Awaited<ReturnType<typeof s3StandIn>>;
let backend: TestBackend;
beforeAll(async () => {
  store = await s3StandIn('media');
  backend = await startTestBackend('postgres', {
    env: {
      S3_BUCKET: 'media',
      S3_REGION: 'eu-west-1',
      S3_ACCESS_KEY_ID: keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_ENDPOINT_URL_S3: store.url,
      S3_FORCE_PATH_STYLE: 'true',
    },
  });
});
afterAll(async () => {
  await backend?.close();
  await store?.close();
});

async function newcomer(email: string) {
  const client = createApiClient({ baseURL: backend.baseURL, ...memoryTokens() });
  const account = { email, password: 'correct horse battery', displayName: 'Ada', birthDate: '1996-04-23', gender: 'female' } as const;
  await client.auth.register(account);
  return client;
}

describe('where media are kept in a bucket, a photo', () => {
  it('goes there past the service, is cut into sizes, and is served; what was sent is gone', { timeout: 60_000 }, async () => {
    const client = await newcomer('ada@bucket.example');
    const exif = { IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 42/1 0/1' } };
    const taken = await sharp({ create: { width: 900, height: 1200, channels: 3, background: '#336699' } })
      .withExif(exif)
      .jpeg()
      .toBuffer();
    const steps: number[] = [];
    const photo = await sendPhoto(client.profiles, new Blob([new Uint8Array(taken)], { type: 'image/jpeg' }), {
      onUploadProgress: ({ loaded }) => steps.push(loaded),
    });
    expect([...store.files.keys()].sort()).toEqual(['large', 'medium', 'small'].map((size) => `photos/${photo.id}/${size}.webp`));
    expect(steps.at(-1)).toBeGreaterThan(taken.length);
    const served = await fetch(photo.urls.large);
    expect([served.status, served.headers.get('content-type'), served.headers.get('cache-control')]).toEqual([
      200,
      'image/webp',
      'public, max-age=31536000, immutable',
    ]);
    const found = await sharp(await served.arrayBuffer()).metadata();
    expect([found.width, found.height, found.exif]).toEqual([900, 1200, undefined]);
    expect(store.refused).toEqual([]);
    client.dispose();
  });

  it('that is something else is refused, and nothing of it stays', { timeout: 60_000 }, async () => {
    const client = await newcomer('ben@bucket.example');
    const before = store.files.size;
    const script = new Blob(['#!/bin/sh\necho hello\n'], { type: 'image/jpeg' });
    await expect(sendPhoto(client.profiles, script)).rejects.toMatchObject({ code: 'FILE_TYPE_NOT_ALLOWED', statusCode: 415 });
    await expect(sendPhoto(client.profiles, new Blob(['<svg/>'], { type: 'image/svg+xml' }))).rejects.toMatchObject({
      code: 'FILE_TYPE_NOT_ALLOWED',
    });
    expect(store.files.size).toBe(before);
    expect((await client.profiles.photos()).items).toEqual([]);
    client.dispose();
  });

  it('that waits to be confirmed is nobody’s to read', async () => {
    store.files.set('uploads/someone/1.webp', { bytes: Buffer.from('private'), contentType: 'image/webp', cacheControl: undefined });
    expect((await fetch(`${backend.url}/media/uploads/someone/1.webp`)).status).toBe(404);
    expect((await fetch(`${backend.url}/media/photos/none/large.webp`)).status).toBe(404);
  });
});
