import type { OwnPhoto, OwnPhotos } from '@app/contracts';
import { accountsTopic, tables } from '@app/domain';
import { and, eq, like } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { codeOf, dataOf, send } from '../rig/http';
import { type Someone, signUp } from '../rig/people';

/** Decisions about one photo that meet each other: on a real PostgreSQL, over HTTP. */
let backend: TestBackend;
let mona: Someone;
let nora: Someone;
beforeAll(async () => {
  backend = await startTestBackend('postgres', { env: { DATABASE_POOL_SIZE: '16' } });
  [mona, nora] = await Promise.all([moderator('Mona'), moderator('Nora')]);
});
afterAll(() => backend.close());

const db = () => backend.platform.kernel.database.db;

async function moderator(name: string): Promise<Someone> {
  const someone = await signUp(backend.baseURL, { name });
  await db().update(tables.users).set({ role: 'moderator' }).where(eq(tables.users.id, someone.id));
  backend.platform.kernel.ports.bus.publish(accountsTopic, { kind: 'account', userId: someone.id });
  return someone;
}

let shade = 0;
async function withPhoto(): Promise<{ owner: Someone; photo: OwnPhoto }> {
  const owner = await signUp(backend.baseURL);
  shade += 1;
  const picture = await sharp({ create: { width: 500, height: 600, channels: 3, background: { r: shade, g: 90, b: 200 } } })
    .jpeg()
    .toBuffer();
  const raw = new FormData();
  raw.append('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'photo.jpg');
  const reply = await send('POST', `${backend.baseURL}/profiles/me/photos`, { token: owner.token, raw });
  return { owner, photo: dataOf<OwnPhoto>(reply) };
}

const approval = (photoId: string) => ({ photoId, decision: 'approved', seen: 'pending' });
const rejection = (photoId: string, reason = 'Nobody is to be seen.') => ({ photoId, decision: 'rejected', reason, seen: 'pending' });
const written = (photoId: string) =>
  db()
    .select()
    .from(tables.auditLog)
    .where(and(eq(tables.auditLog.subjectId, photoId), like(tables.auditLog.action, 'photo.%')));
const told = (userId: string) =>
  db().$count(tables.notifications, and(eq(tables.notifications.userId, userId), eq(tables.notifications.kind, 'photo_rejected')));

describe('two moderators who decide about one photo at once', () => {
  it('and differ: one decides, and the other is told who and how', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const { owner, photo } = await withPhoto();
      const replies = await Promise.all([
        mona.call('admin.reviewPhoto', approval(photo.id)),
        nora.call('admin.reviewPhoto', rejection(photo.id)),
      ]);
      expect(replies.map(codeOf).toSorted()).toEqual(['PHOTO_REVIEWED', 'ok']);
      const [winner, status] = codeOf(replies[0]) === 'ok' ? ([mona, 'approved'] as const) : ([nora, 'rejected'] as const);
      const lost = replies.find((reply) => codeOf(reply) !== 'ok');
      expect(lost?.body).toMatchObject({ details: { status, reviewedBy: winner.id, reviewedAt: expect.any(String) } });
      expect(await written(photo.id)).toMatchObject([{ action: `photo.${status}`, actorId: winner.id }]);
      const { items } = await owner.do<OwnPhotos>('profiles.photos');
      expect(items).toMatchObject([{ id: photo.id, status }]);
      expect(await told(owner.id)).toBe(status === 'rejected' ? 1 : 0);
    }
  });

  it('and agree: it is decided and told of once, with the reason of whoever came first', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const { owner, photo } = await withPhoto();
      const replies = await Promise.all([
        mona.call('admin.reviewPhoto', rejection(photo.id, 'Mona’s reason')),
        nora.call('admin.reviewPhoto', rejection(photo.id, 'Nora’s reason')),
      ]);
      expect(replies.map(codeOf)).toEqual(['ok', 'ok']);
      const [entry, ...others] = await written(photo.id);
      expect(others).toEqual([]);
      const reason = entry?.actorId === mona.id ? 'Mona’s reason' : 'Nora’s reason';
      expect(entry).toMatchObject({ action: 'photo.rejected', details: { reason } });
      expect(replies.map((reply) => dataOf<{ reason: string }>(reply).reason)).toEqual([reason, reason]);
      expect(await told(owner.id)).toBe(1);
    }
  });
});

describe('a moderator who decides about a photo while its owner takes it away', () => {
  it.each([
    ['approves', approval],
    ['rejects', rejection],
  ] as const)(
    'and %s it: it is gone in the end, with its files, and written down at most once',
    { timeout: 60_000 },
    async (_what, input) => {
      for (let round = 0; round < 4; round += 1) {
        const { owner, photo } = await withPhoto();
        const remove = () => owner.call('profiles.removePhoto', { photoId: photo.id });
        const review = () => mona.call('admin.reviewPhoto', input(photo.id));
        // Whoever begins later wins less often.
        const [removed, reviewed] =
          round % 2 === 0
            ? await Promise.all([remove(), review()])
            : await Promise.all([review(), remove()]).then(([second, first]) => [first, second] as const);
        expect(codeOf(removed)).toBe('ok');
        const code = codeOf(reviewed);
        expect(['ok', 'PHOTO_NOT_FOUND']).toContain(code);
        const decided = code === 'ok' ? 1 : 0;
        expect(await written(photo.id)).toHaveLength(decided);
        expect(await told(owner.id)).toBe(input === rejection ? decided : 0);
        expect((await owner.do<OwnPhotos>('profiles.photos')).items).toEqual([]);
        await vi.waitFor(async () => expect((await fetch(photo.urls.large)).status).toBe(404), { interval: 20, timeout: 20_000 });
        expect(codeOf(await mona.call('admin.reviewPhoto', input(photo.id)))).toBe('PHOTO_NOT_FOUND');
      }
    },
  );
});
