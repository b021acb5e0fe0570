import sharp from 'sharp';
import { memoryOf } from '../run/memory';
import type { Person } from '../run/people';
import type { ServerProcess } from '../run/server-process';

export interface PhotoFigures {
  readonly uploads: number;
  /** Of each picture. */
  readonly megapixels: number;
  readonly megabytes: number;
  /** Of the server's process, in megabytes: before, and the most at any time until the last answer. */
  readonly rssBefore: number;
  readonly rssMost: number;
  readonly seconds: number;
  /** Answers other than 200; there should be none. */
  readonly failed: number;
}

const mega = 1024 * 1024;

/** A picture such as phones take: as many pixels as are taken, and noise that packs badly. */
async function phonePicture(quick: boolean): Promise<Buffer> {
  const [width, height] = quick ? [1200, 1600] : [6000, 8000];
  const noise = { type: 'gaussian', mean: 90, sigma: 12 } as const;
  return (
    sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
      // Held upright, and written as the sensor lies: it has to be turned.
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 80 })
      .toBuffer()
  );
}

/** Twenty people send a photo at once, each the largest picture that is taken. */
export async function measurePhotos(
  server: ServerProcess<{ readonly port: number; readonly people: readonly Person[] }>,
  quick: boolean,
): Promise<PhotoFigures> {
  const { port, people } = server.ready;
  const picture = await phonePicture(quick);
  const { width, height } = await sharp(picture).metadata();
  const rssBefore = memoryOf(server.pid, 'VmRSS');
  const began = performance.now();
  const statuses = await Promise.all(
    people.map(async ({ token }) => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'photo.jpg');
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/profiles/me/photos`, { method: 'POST', headers, body: form });
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  return {
    uploads: people.length,
    megapixels: (width * height) / 1_000_000,
    megabytes: picture.length / mega,
    rssBefore,
    rssMost: memoryOf(server.pid, 'VmHWM'),
    seconds: (performance.now() - began) / 1000,
    failed: statuses.filter((status) => status !== 200).length,
  };
}
