import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { maxPhotoPixels, photoUpload } from '@app/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDatabase } from '../rig/backend';
import { codeOf, send } from '../rig/http';
import { type Someone, signUp } from '../rig/people';
import { endProcesses, type RunningService, startService } from '../rig/process';

const slow = { timeout: 600_000 };
const mostMegabytes = 300;

/** The most that the process ever held in memory since `forget`, in megabytes of 2^20 bytes, all of it counted, as the kernel does. */
function mostOf({ pid }: RunningService): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error('The kernel does not tell.');
  return Number(kilobytes) / 1024;
}

/** From now on the kernel counts anew: hashing twenty passwords is another matter. */
function forget({ pid }: RunningService): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** How the image has memory given back. */
function settingsOfImage(): Record<string, string> {
  const dockerfile = readFileSync(fileURLToPath(new URL('../../../../deploy/Dockerfile', import.meta.url)), 'utf8');
  return Object.fromEntries([...dockerfile.matchAll(/\b(MALLOC_\w+)=(\w+)/g)].map(([, name = '', value = '']) => [name, value]));
}

function sizeOf(pixels: number): { readonly width: number; readonly height: number } {
  const width = Math.floor(Math.sqrt((pixels * 3) / 4));
  return { width, height: Math.floor(pixels / width) };
}

/** Noise, as sensors have it: it packs badly. */
function grainy(pixels: number) {
  const noise = { type: 'gaussian', mean: 90, sigma: 12 } as const;
  return sharp({ create: { ...sizeOf(pixels), channels: 3, background: '#808080', noise } });
}

/** Specks on a plain ground: it packs well enough to be let in, and takes as much when it is unpacked. */
function speckled(pixels: number) {
  const { width, height } = sizeOf(pixels);
  const data = Buffer.alloc(width * height * 3, 200);
  for (let at = 0; at < data.length; at += 31) data[at] = (at * 7_919) >> 5;
  return sharp(data, { raw: { width, height, channels: 3 } });
}

describe('twenty people who each send a photo at once, to the service as it is deployed', () => {
  let service: RunningService;
  let people: Someone[];
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'heartline-photos-'));
    const env = { ...settingsOfImage(), DATABASE_URL: await newDatabase(), DATA_DIR: dataDir, SEED_DEMO: 'false' };
    service = await startService({ ...env, CALLS_PER_MINUTE: '100000' }, 'bundle');
    people = await Promise.all(Array.from({ length: 20 }, () => signUp(service.baseURL)));
  }, slow.timeout);
  afterAll(async () => {
    await endProcesses();
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each([
    // Held upright, and written as the sensor lies: it has to be turned.
    ['the largest JPEGs that are taken', () => grainy(maxPhotoPixels).withMetadata({ orientation: 6 }).jpeg({ quality: 80 })],
    ['the largest PNGs that are taken', () => speckled(maxPhotoPixels).png({ compressionLevel: 4 })],
    ['PNGs that come in layers, and are held whole', () => speckled(17_000_000).png({ compressionLevel: 4, progressive: true })],
    ['JPEGs that come in layers, and are held whole', () => grainy(19_000_000).jpeg({ quality: 80, progressive: true })],
  ])('never have it hold more than 300 MB: %s', slow, async (_what, make) => {
    const picture = new Uint8Array(await make().toBuffer());
    expect(picture.length).toBeLessThan(photoUpload.maxBytes);
    forget(service);
    const replies = await Promise.all(
      people.map(({ token }) => {
        const raw = new FormData();
        raw.append('file', new Blob([picture]), 'photo');
        return send('POST', `${service.baseURL}/profiles/me/photos`, { token, raw });
      }),
    );
    expect(replies.map(codeOf)).toEqual(people.map(() => 'ok'));
    expect(mostOf(service)).toBeLessThan(mostMegabytes);
  });
});
