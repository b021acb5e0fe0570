// How files that were sent are served: over HTTP, from the disk of the service.
import { request } from 'node:http';
import type { Media, MediaLink, Message } from '@app/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { dataOf, send } from '../rig/http';
import { type Pair, talkingPair } from '../rig/people';
import { wave } from '../rig/wave';

let backend: TestBackend;
let pair: Pair;
beforeAll(async () => {
  backend = await startTestBackend('postgres');
  pair = await talkingPair(backend.baseURL);
});
afterAll(() => backend?.close());

/** Ada sends a file to Ben. Answers the links that he gets. */
async function sent(bytes: Uint8Array): Promise<MediaLink> {
  const raw = new FormData();
  raw.append('file', new Blob([new Uint8Array(bytes)]), 'anything.html');
  const reply = await send('POST', `${backend.baseURL}/media`, { token: pair.ada.token, raw });
  const { id: mediaId } = dataOf<Media>(reply);
  const { conversationId } = pair;
  const clientId = crypto.randomUUID();
  const { id } = await pair.ada.do<Message>('messages.send', { conversationId, clientId, mediaId });
  const { items } = await pair.ben.do<{ items: MediaLink[] }>('messages.mediaLinks', { conversationId, messageIds: [id] });
  const [link] = items;
  if (link === undefined) throw new Error('There is no link.');
  return link;
}

/** As it stands in the request line: `fetch` would tidy the path up. */
function statusOf(path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(backend.baseURL);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('a file that was sent', () => {
  it('is served as what it is, to be saved, and never as a page', async () => {
    const { url } = await sent(wave(2));
    const { status, headers } = await fetch(url);
    expect([status, headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-disposition')).toBe('attachment; filename="audio.wav"');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cache-control')).toBe('private, max-age=3600');
    expect(headers.get('accept-ranges')).toBe('bytes');
  });

  it('is served in parts', async () => {
    const { url } = await sent(wave(2));
    const part = async (range: string) => {
      const response = await fetch(url, { headers: { range } });
      return [response.status, response.headers.get('content-range'), (await response.arrayBuffer()).byteLength];
    };
    const whole = (await (await fetch(url)).arrayBuffer()).byteLength;
    expect(await part('bytes=0-0')).toEqual([206, `bytes 0-0/${whole}`, 1]);
    expect(await part(`bytes=${whole - 10}-`)).toEqual([206, `bytes ${whole - 10}-${whole - 1}/${whole}`, 10]);
    expect(await part('bytes=-5')).toEqual([206, `bytes ${whole - 5}-${whole - 1}/${whole}`, 5]);
    expect((await part(`bytes=${whole}-`))[0]).toBe(416);
  });

  it('bears nothing of where it was taken, where it is an image', async () => {
    const exif = { IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 42/1 0/1' } };
    const taken = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#336699' } })
      .withExif(exif)
      .jpeg()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif).toBeDefined();
    const { url, picture } = await sent(taken);
    for (const one of [url, picture?.small ?? '', picture?.medium ?? '']) {
      const found = await sharp(await (await fetch(one)).arrayBuffer()).metadata();
      expect([found.format, found.exif]).toEqual(['webp', undefined]);
    }
  });

  it('is nobody’s without the link that was signed for it, whatever the path is written like', async () => {
    const [one, other] = [new URL((await sent(wave(1))).url), new URL((await sent(wave(1))).url)];
    expect(await statusOf(`${one.pathname}${one.search}`)).toBe(200);
    const bare = one.pathname.replace('/media/', '');
    for (const path of [
      one.pathname,
      `${one.pathname}${other.search}`,
      `/media//${bare}`,
      `/media/./${bare}`,
      `/media/photos/../${bare}`,
      `/media/photos/..%2f${bare}`,
      `/media/%6dessages${bare.slice('messages'.length)}`,
      `/media/${bare.replaceAll('/', '%2f')}`,
      `${one.pathname}/`,
      `${one.pathname}?expires=9999999999&signature=${one.searchParams.get('signature')}`,
    ]) {
      expect([path, await statusOf(path)]).not.toEqual([path, 200]);
    }
  });
});
