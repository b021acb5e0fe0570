// What a photo has to be, and what becomes of it: over HTTP, with the pictures made and read by the library itself.

import { crc32 } from 'node:zlib';
import type { Photo, Profile } from '@app/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { type Someone, signUp } from '../rig/people';

let running: TestBackend | undefined;
beforeAll(async () => {
  running = await startTestBackend('postgres');
});
afterAll(() => running?.close());
const backend = (): TestBackend => {
  if (running === undefined) throw new Error('The service has not started yet.');
  return running;
};
const slow = { timeout: 60_000 };

interface Answer {
  readonly status: number;
  readonly body: { readonly code?: string; readonly data?: Photo };
}

async function upload(
  token: string | undefined,
  bytes: Uint8Array,
  name = 'photo.jpg',
  type = 'image/jpeg',
  field = 'file',
): Promise<Answer> {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(bytes)], { type }), name);
  const response = await fetch(`${backend().baseURL}/profiles/me/photos`, {
    method: 'POST',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

function picture(width: number, height: number, color = '#336699') {
  return sharp({ create: { width, height, channels: 3, background: color } });
}

const ownProfile = (someone: Someone) => someone.do<Profile>('profiles.profile', { userId: someone.id });

describe('a photo', () => {
  it('is turned upright, cut into sizes, and tells nothing of where it was taken', slow, async () => {
    const ada = await signUp(backend().baseURL);
    const exif = { IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 42/1 0/1' } };
    const taken = await picture(2400, 1200).withExif(exif).withMetadata({ orientation: 6, exif }).jpeg().toBuffer();
    expect((await sharp(taken).metadata()).exif).toBeDefined();
    const { status, body } = await upload(ada.token, taken);
    expect([status, body.code]).toEqual([200, undefined]);
    expect(body.data).toMatchObject({ width: 720, height: 1440, color: expect.stringMatching(/^#[0-9a-f]{6}$/) });
    const sizes = { small: [107, 213], medium: [320, 640], large: [720, 1440] } as const;
    for (const size of ['small', 'medium', 'large'] as const) {
      const file = await fetch(body.data?.urls[size] ?? '');
      expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/webp']);
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(file.headers.get('x-content-type-options')).toBe('nosniff');
      const found = await sharp(await file.arrayBuffer()).metadata();
      expect([size, found.format, found.width, found.height, found.exif, found.orientation]).toEqual([
        size,
        'webp',
        ...sizes[size],
        undefined,
        undefined,
      ]);
    }
    expect(await ownProfile(ada)).toMatchObject({ photo: { id: body.data?.id }, photos: [{ id: body.data?.id }] });
  });

  it.each([
    ['a script', async () => new TextEncoder().encode('#!/bin/sh\nrm -rf /\n'), 415, 'FILE_TYPE_NOT_ALLOWED'],
    [
      'a drawing that may run',
      async () => new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      415,
      'FILE_TYPE_NOT_ALLOWED',
    ],
    ['nothing', async () => new Uint8Array(), 415, 'FILE_TYPE_NOT_ALLOWED'],
    ['a GIF', async () => picture(64, 64).gif().toBuffer(), 415, 'FILE_TYPE_NOT_ALLOWED'],
    ['half a JPEG', async () => (await picture(800, 800).jpeg().toBuffer()).subarray(0, 2_000), 422, 'IMAGE_UNREADABLE'],
    ['a JPEG in its first bytes only', async () => Uint8Array.from([0xff, 0xd8, 0xff, ...new Uint8Array(500)]), 422, 'IMAGE_UNREADABLE'],
    ['more pixels than are taken', async () => picture(8_000, 7_000).png({ compressionLevel: 9 }).toBuffer(), 422, 'IMAGE_TOO_LARGE'],
    [
      'more than is taken of what comes in layers',
      async () => picture(6_000, 4_500).png({ progressive: true }).toBuffer(),
      422,
      'IMAGE_TOO_LARGE',
    ],
    ['more than is taken of AVIF', async () => picture(2_000, 2_000).avif({ effort: 0 }).toBuffer(), 422, 'IMAGE_TOO_LARGE'],
    ['more bytes than are taken', async () => new Uint8Array(15 * 1024 * 1024 + 1), 413, 'PAYLOAD_TOO_LARGE'],
  ])('that is %s is refused, and nothing is kept', slow, async (_what, make, status, code) => {
    const ada = await signUp(backend().baseURL);
    const answer = await upload(ada.token, await make());
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await ownProfile(ada)).toMatchObject({ photo: null, photos: [] });
  });

  it('of fifty thousand pixels a side is refused by its header, before anything is unpacked', slow, async () => {
    const ada = await signUp(backend().baseURL);
    const bomb = await picture(64, 64).png().toBuffer();
    bomb.writeUInt32BE(50_000, 16);
    bomb.writeUInt32BE(50_000, 20);
    // Whole as far as it goes: the checksum of the header is right.
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    const before = process.memoryUsage.rss();
    const { status, body } = await upload(ada.token, bomb);
    expect([status, body.code]).toEqual([422, 'IMAGE_TOO_LARGE']);
    // Unpacked it would take 7,500 MB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000);
    expect(await ownProfile(ada)).toMatchObject({ photos: [] });
  });

  it.each(['webp', 'gif'] as const)('that moves is refused: %s', slow, async (format) => {
    const ada = await signUp(backend().baseURL);
    const frames = await Promise.all(['#ff0000', '#00ff00'].map((color) => picture(40, 40, color).png().toBuffer()));
    const moving = await sharp(frames, { join: { animated: true } })
      [format]()
      .toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    const { status, body } = await upload(ada.token, moving, `photo.${format}`, `image/${format}`);
    expect([status, body.code]).toEqual(format === 'gif' ? [415, 'FILE_TYPE_NOT_ALLOWED'] : [422, 'IMAGE_UNREADABLE']);
    expect(await ownProfile(ada)).toMatchObject({ photos: [] });
  });

  it('that is something else as well is only a photo afterwards', slow, async () => {
    const ada = await signUp(backend().baseURL);
    const script = '<script>alert(document.domain)</script>';
    const both = Buffer.concat([await picture(120, 90).jpeg().toBuffer(), Buffer.from(script)]);
    const inside = await picture(121, 90)
      .withExif({ IFD0: { ImageDescription: script.repeat(1_000) } })
      .jpeg()
      .toBuffer();
    for (const bytes of [both, inside]) {
      const { body } = await upload(ada.token, bytes, 'photo.html', 'text/html');
      // Taken for what it is, whatever it was called; or refused. Never served as it came.
      if (body.data === undefined) {
        expect(body.code).toBe('IMAGE_UNREADABLE');
        continue;
      }
      for (const url of Object.values(body.data.urls)) {
        const file = await fetch(url);
        expect([file.headers.get('content-type'), file.headers.get('content-security-policy')]).toEqual([
          'image/webp',
          "default-src 'none'; sandbox",
        ]);
        expect(Buffer.from(await file.arrayBuffer()).includes('<script>')).toBe(false);
      }
    }
  });

  it('comes from whoever is signed in, and as the field file', slow, async () => {
    const ada = await signUp(backend().baseURL);
    const bytes = await picture(200, 200).jpeg().toBuffer();
    expect((await upload(undefined, bytes)).body.code).toBe('UNAUTHENTICATED');
    expect((await upload(ada.token, bytes, 'photo.jpg', 'image/jpeg', 'other')).body.code).toBe('VALIDATION_FAILED');
  });

  it('sent twice is one, and nine are the most, however many come at once', slow, async () => {
    const ada = await signUp(backend().baseURL);
    const bytes = await picture(200, 200).jpeg().toBuffer();
    const twice = await Promise.all([upload(ada.token, bytes), upload(ada.token, bytes)]);
    expect(twice[0].body.data?.id).toBe(twice[1].body.data?.id);
    const many = await Promise.all(
      Array.from({ length: 11 }, async (_, index) =>
        upload(
          ada.token,
          await picture(200, 200, `#${index.toString(16)}0a0${index.toString(16)}0`)
            .jpeg()
            .toBuffer(),
        ),
      ),
    );
    expect(many.filter(({ status }) => status === 200)).toHaveLength(8);
    expect(many.filter(({ body }) => body.code === 'TOO_MANY_PHOTOS')).toHaveLength(3);
    expect((await ownProfile(ada)).photos).toHaveLength(9);
  });
});

describe('photos', () => {
  it('stand in the order that is chosen, and go when they are taken away, files and all', slow, async () => {
    const ada = await signUp(backend().baseURL);
    const ids: string[] = [];
    for (const color of ['#aa0000', '#00aa00'])
      ids.push((await upload(ada.token, await picture(300, 300, color).jpeg().toBuffer())).body.data?.id ?? '');
    const turned = await ada.do<{ items: Photo[] }>('profiles.orderPhotos', { photoIds: [...ids].reverse() });
    expect(turned.items.map(({ id }) => id)).toEqual([...ids].reverse());
    await expect(ada.do('profiles.orderPhotos', { photoIds: [ids[0], ids[0]] })).rejects.toThrow('PHOTO_ORDER_STALE');
    const [first] = turned.items;
    const left = await ada.do<{ items: Photo[] }>('profiles.removePhoto', { photoId: first?.id });
    expect(left.items.map(({ id }) => id)).toEqual([ids[0]]);
    await expect.poll(async () => (await fetch(first?.urls.large ?? '')).status, { timeout: 20_000 }).toBe(404);
    expect((await fetch(left.items[0]?.urls.large ?? '')).status).toBe(200);
  });
});
