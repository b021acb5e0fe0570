import { TooLarge } from '@app/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { s3Media } from '../../src/adapters/s3-media';
import { keys, s3StandIn, signatureOf, textToSign } from './s3-stand-in';

let store: Awaited<ReturnType<typeof s3StandIn>>;
let late = 0;
beforeAll(async () => {
  store = await s3StandIn('media', () => Date.now() + late);
});
afterAll(() => store.close());

const media = (secretAccessKey = keys.secretAccessKey) =>
  s3Media(
    { bucket: 'media', region: 'us-east-1', credentials: { ...keys, secretAccessKey }, endpoint: store.url, forcePathStyle: true },
    () => 'https://cdn.test',
  );
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the stand-in', () => {
  it('signs as AWS does: the request that its documents take apart', () => {
    // “Example: GET Object” of the AWS documents on Signature Version 4.
    const text = textToSign({
      method: 'GET',
      path: '/test.txt',
      query: [],
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        range: 'bytes=0-9',
        'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'x-amz-date': '20130524T000000Z',
      },
      signedHeaders: ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'],
      payloadHash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      scope: '20130524/us-east-1/s3/aws4_request',
      time: '20130524T000000Z',
    });
    expect(signatureOf(keys.secretAccessKey, '20130524/us-east-1/s3/aws4_request', text)).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });
});

describe('media in a bucket', () => {
  it('are kept with their type for a year, read back, and removed', async () => {
    const s3 = media();
    await s3.put('photos/a b/large.webp', bytes('picture'), 'image/webp');
    expect(store.files.get('photos/a b/large.webp')).toMatchObject({
      contentType: 'image/webp',
      cacheControl: 'public, max-age=31536000, immutable',
    });
    expect(Buffer.from((await s3.read('photos/a b/large.webp', 100)) ?? []).toString()).toBe('picture');
    await expect(s3.read('photos/a b/large.webp', 3)).rejects.toThrow(TooLarge);
    expect(await s3.read('photos/none', 100)).toBeUndefined();
    expect(s3.url('photos/x/small.webp')).toBe('https://cdn.test/photos/x/small.webp');
    await s3.remove(['photos/a b/large.webp']);
    expect(store.files.size).toBe(0);
    await s3.remove([]);
    s3.close();
  });

  it('are copied within the bucket, as they are', async () => {
    const s3 = media();
    await s3.put('messages/one/video.mp4', bytes('pictures'), 'video/mp4');
    expect(await s3.copy('messages/one/video.mp4', 'messages/two/video.mp4')).toBe(true);
    expect(store.files.get('messages/two/video.mp4')).toEqual(store.files.get('messages/one/video.mp4'));
    expect(await s3.copy('messages/none/video.mp4', 'messages/three/video.mp4')).toBe(false);
    await s3.remove(['messages/one/video.mp4', 'messages/two/video.mp4']);
    expect(store.files.size).toBe(0);
    s3.close();
  });

  it('are not touched with a wrong key', async () => {
    const s3 = media('another secret');
    await expect(s3.put('photos/x', bytes('x'), 'image/webp')).rejects.toThrow('SignatureDoesNotMatch');
    expect(store.files.size).toBe(0);
    s3.close();
  });
});

describe('a file sent past the service', () => {
  const put = { size: 5, contentType: 'image/png', expiresInSeconds: 900 };

  async function send(change: (form: FormData) => void = () => undefined, file = 'hello') {
    const s3 = media();
    const { url, fields } = await s3.directUpload('uploads/ada/1', put);
    s3.close();
    const form = new FormData();
    for (const { name, value } of fields) form.append(name, value);
    change(form);
    form.append('file', new Blob([file], { type: 'image/png' }), 'photo.png');
    return (await fetch(url, { method: 'POST', body: form })).status;
  }

  it('is taken as it was announced', async () => {
    expect(await send()).toBe(204);
    expect(store.files.get('uploads/ada/1')).toMatchObject({ contentType: 'image/png', bytes: Buffer.from('hello') });
    store.files.clear();
  });

  it.each<[string, () => Promise<number>, string]>([
    ['larger', () => send(undefined, 'hello!'), 'EntityTooLarge'],
    ['smaller', () => send(undefined, 'hell'), 'EntityTooSmall'],
    ['of another type', () => send((form) => form.set('Content-Type', 'text/html')), 'AccessDenied'],
    ['under another name', () => send((form) => form.set('key', 'photos/someone/large.webp')), 'AccessDenied'],
    ['for everyone to read', () => send((form) => form.set('acl', 'public-read')), 'AccessDenied'],
    [
      'by another policy',
      () => send((form) => form.set('Policy', btoa('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}'))),
      'SignatureDoesNotMatch',
    ],
  ])('is refused where it is %s', async (_what, sending, code) => {
    expect(await sending()).toBeGreaterThanOrEqual(400);
    expect(store.refused.at(-1)).toBe(code);
    expect(store.files.size).toBe(0);
  });

  it('is refused when it comes too late', async () => {
    late = 16 * 60_000;
    expect(await send()).toBe(403);
    late = 0;
    expect(store.files.size).toBe(0);
  });
});
