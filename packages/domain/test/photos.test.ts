// What moderators decide of photos, who sees which, and photos that were sent past the service. What pictures have to be is
// told where they are really decoded.
import { erasureDays } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MediaStore, memoryMedia, tables } from '../src';
import { png } from './pictures';
import { createWorld, type Device, type World } from './world';

/** A store that takes files past the service. */
function mediaWithUploads(): MediaStore & ReturnType<typeof memoryMedia> {
  return {
    ...memoryMedia('https://media.test'),
    directUpload: async (key, { contentType, size }) => ({
      url: 'https://store.test/',
      fields: [
        { name: 'key', value: key },
        { name: 'type', value: `${contentType} ${size}` },
      ],
    }),
  };
}

const media = mediaWithUploads();
const plain = memoryMedia('https://media.test');
let strict: World;
let lenient: World;
beforeAll(async () => {
  strict = await createWorld({ settings: { photosNeedApproval: true }, ports: { media } });
  lenient = await createWorld({ ports: { media: plain } });
});
afterAll(async () => {
  await strict.close();
  await lenient.close();
});

const upload = (by: Device) => by.upload('profiles.uploadPhoto', png());

async function people(world: World): Promise<{ ada: Device; ben: Device; mona: Device }> {
  const [ada, ben, mona] = [await world.join('Ada'), await world.join('Ben', { gender: 'male' }), await world.join('Mona')];
  await world.setStanding(mona, { role: 'moderator' });
  return { ada, ben, mona };
}

const seenBy = async (viewer: Device, of: Device) => {
  const { photo, photos } = await viewer.call('profiles.profile', { userId: of.userId });
  return { first: photo?.id ?? null, all: photos.map(({ id }) => id) };
};
const keyOf = (url: string) => url.replace('https://media.test/', '');
const mayReject = { decision: 'rejected', reason: 'There is nobody to be seen.' } as const;

describe('where photos need approval, a photo', () => {
  it('is seen by its owner alone until it is approved, also where lists show the first', async () => {
    const { ada, ben, mona } = await people(strict);
    const [first, second] = [await upload(ada), await upload(ada)];
    expect([first.status, first.visible]).toEqual(['pending', false]);
    expect(await seenBy(ada, ada)).toEqual({ first: first.id, all: [first.id, second.id] });
    expect(await seenBy(ben, ada)).toEqual({ first: null, all: [] });
    await mona.call('admin.reviewPhoto', { photoId: second.id, decision: 'approved' });
    // The one before it still waits, and does not stand in its way.
    expect(await seenBy(ben, ada)).toEqual({ first: second.id, all: [second.id] });
    await mona.call('admin.reviewPhoto', { photoId: first.id, decision: 'approved' });
    expect(await seenBy(ben, ada)).toEqual({ first: first.id, all: [first.id, second.id] });
    const { items } = await ada.call('profiles.photos', {});
    expect(items.map(({ status, visible }) => [status, visible])).toEqual([
      ['approved', true],
      ['approved', true],
    ]);
  });

  it('waits in a queue, the oldest first, page by page, without one’s own and those of accounts that are gone', async () => {
    const { ada, ben, mona } = await people(strict);
    const own = await upload(mona);
    const gone = await upload(ben);
    const waiting = [await upload(ada), await upload(ada), await upload(ada)].map(({ id }) => id);
    await strict.setStanding(ben, { status: 'deleted' });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await mona.call('admin.photos', { limit: 2, status: 'pending', ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ photo }) => photo.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.slice(-3)).toEqual(waiting);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).not.toContain(own.id);
    expect(seen).not.toContain(gone.id);
    expect(await mona.refusal('admin.reviewPhoto', { photoId: own.id, decision: 'approved' })).toMatchObject({
      code: 'CANNOT_TARGET_SELF',
    });
    expect(await ada.refusal('admin.photos')).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a photo that is rejected', () => {
  it('is gone for others with its addresses, stays for its owner with the reason, who is told; it is written down', async () => {
    const { ada, ben, mona } = await people(lenient);
    const photo = await upload(ada);
    const kept = await upload(ada);
    expect(await seenBy(ben, ada)).toEqual({ first: photo.id, all: [photo.id, kept.id] });
    const rejected = await mona.call('admin.reviewPhoto', { photoId: photo.id, ...mayReject });
    expect(rejected).toMatchObject({ status: 'rejected', reason: mayReject.reason, reviewedBy: { id: mona.userId, displayName: 'Mona' } });
    expect(await seenBy(ben, ada)).toEqual({ first: kept.id, all: [kept.id] });
    expect((await lenient.told(ada)).at(-1)).toMatchObject({
      kind: 'photo_rejected',
      data: { photoId: photo.id, reason: mayReject.reason },
    });
    const entries = await lenient.database.db.select().from(tables.auditLog).where(eq(tables.auditLog.subjectId, photo.id));
    expect(entries).toMatchObject([{ action: 'photo.rejected', actorId: mona.userId, details: { reason: mayReject.reason } }]);

    await lenient.platform.jobs.runDue();
    const [own] = (await ada.call('profiles.photos', {})).items;
    expect(own).toMatchObject({ id: photo.id, status: 'rejected', reason: mayReject.reason, visible: false });
    // Whoever knows the old address finds nothing there; the owner finds it at a new one.
    expect(plain.file(keyOf(photo.urls.large))).toBeUndefined();
    expect(plain.file(keyOf(own?.urls.large ?? ''))).toBeDefined();

    // It can be made good again, and taken away with its files.
    await mona.call('admin.reviewPhoto', { photoId: photo.id, decision: 'approved' });
    expect((await seenBy(ben, ada)).all).toEqual([photo.id, kept.id]);
    const back = (await ben.call('profiles.profile', { userId: ada.userId })).photos[0]?.urls.large ?? '';
    expect(plain.file(keyOf(back))).toBeDefined();
    await ada.call('profiles.removePhoto', { photoId: photo.id });
    await lenient.platform.jobs.runDue();
    expect(plain.file(keyOf(back))).toBeUndefined();
  });

  it('is told of once, and needs a reason, which nothing else has', async () => {
    const { ada, mona } = await people(lenient);
    const { id: photoId } = await upload(ada);
    for (const input of [{ decision: 'rejected' }, { decision: 'approved', reason: 'Nice.' }, { decision: 'pending' }]) {
      expect(await mona.refusal('admin.reviewPhoto', { photoId, ...input })).toMatchObject({ code: 'VALIDATION_FAILED' });
    }
    const both = await Promise.all([1, 2].map(() => mona.call('admin.reviewPhoto', { photoId, ...mayReject })));
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await lenient.told(ada)).filter(({ kind }) => kind === 'photo_rejected')).toHaveLength(1);
  });
});

describe('a photo sent past the service', () => {
  it('becomes one when it is confirmed, once, and what was sent is gone', async () => {
    const { ada, ben } = await people(strict);
    const begun = await ada.call('profiles.beginUpload', { contentType: 'image/png', size: 30 });
    const { uploadId = '', fields = [] } = begun.upload ?? {};
    const key = fields[0]?.value ?? '';
    expect([key, fields[1]?.value]).toEqual([`uploads/${ada.userId}/${uploadId}`, 'image/png 30']);
    expect(await ada.refusal('profiles.confirmUpload', { uploadId })).toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    await media.put(key, png(), 'image/png');
    expect(await ben.refusal('profiles.confirmUpload', { uploadId })).toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    const photo = await ada.call('profiles.confirmUpload', { uploadId });
    expect(photo).toMatchObject({ id: uploadId, width: 60, height: 80 });
    // A phone that lost the answer.
    expect(await ada.call('profiles.confirmUpload', { uploadId })).toEqual(photo);
    expect(media.file(key)).toBeUndefined();
    expect((await ada.call('profiles.photos', {})).items).toHaveLength(1);
  });

  it('is looked at like any other, and nothing is kept of what is refused or never confirmed', async () => {
    const { ada } = await people(strict);
    expect(await ada.refusal('profiles.beginUpload', { contentType: 'image/svg+xml', size: 10 })).toMatchObject({
      code: 'FILE_TYPE_NOT_ALLOWED',
    });
    const keys: string[] = [];
    for (const bytes of [new TextEncoder().encode('<script>alert(1)</script>'), new Uint8Array(15 * 1024 * 1024 + 1), png()]) {
      const { upload: begun } = await ada.call('profiles.beginUpload', { contentType: 'image/jpeg', size: 100 });
      const key = begun?.fields[0]?.value ?? '';
      keys.push(key);
      await media.put(key, bytes, 'image/jpeg');
      if (keys.length === 3) break;
      const code = keys.length === 1 ? 'FILE_TYPE_NOT_ALLOWED' : 'UPLOAD_NOT_FOUND';
      expect(await ada.refusal('profiles.confirmUpload', { uploadId: begun?.uploadId })).toMatchObject({ code });
    }
    strict.clock.pass(2 * 3600);
    await strict.platform.jobs.runDue();
    expect(keys.map((key) => media.file(key))).toEqual([undefined, undefined, undefined]);
    expect((await (await strict.signIn(ada)).call('profiles.photos', {})).items).toEqual([]);
  });

  it('is not possible where the store takes none', async () => {
    const { ada } = await people(lenient);
    expect(await ada.call('profiles.beginUpload', { contentType: 'image/png', size: 30 })).toEqual({ upload: null });
  });
});

describe('a photo that is reported', () => {
  const fileAt = (url: string) => plain.file(keyOf(url));
  const reportOf = (by: Device, about: Device, photoIds: readonly string[]) =>
    by.call('reports.report', {
      userId: about.userId,
      category: 'nudity',
      text: '',
      alsoBlock: false,
      evidence: { messageIds: [], opened: [], photoIds: [...photoIds] },
    });
  const keptIn = async (mona: Device, reportId: string) => (await mona.call('admin.report', { reportId })).photos;

  it('is kept as it was, at a place that only moderators learn of, and stays when its owner takes it away', async () => {
    const { ada, ben, mona } = await people(lenient);
    const photo = await upload(ben);
    const { id: reportId } = await reportOf(ada, ben, [photo.id]);
    expect(await keptIn(mona, reportId)).toMatchObject([{ ready: false }]);
    // Gone before it was copied: its files wait for that.
    await ben.call('profiles.removePhoto', { photoId: photo.id });
    await lenient.platform.jobs.runDue();
    const [kept] = await keptIn(mona, reportId);
    expect(kept).toMatchObject({ photo: { id: photo.id, width: 60, height: 80 }, ready: true });
    expect(fileAt(photo.urls.large)).toBeUndefined();
    expect(fileAt(kept?.photo.urls.large ?? '')).toBeDefined();
    expect(kept?.photo.urls.large).not.toContain(photo.id);
    // Reported again it is the same piece.
    const again = await upload(ben);
    for (let times = 0; times < 2; times += 1) await reportOf(ada, ben, [again.id]);
    await lenient.platform.jobs.runDue();
    expect(await keptIn(mona, reportId)).toHaveLength(2);
    expect(fileAt(again.urls.large)).toBeDefined();
  });

  it('is one that they show, or nothing is reported', async () => {
    const { ada, ben, mona } = await people(lenient);
    const [own, theirs, rejected] = [await upload(ada), await upload(ben), await upload(ben)];
    await mona.call('admin.reviewPhoto', { photoId: rejected.id, ...mayReject });
    const evidence = { messageIds: [], photoIds: [own.id, theirs.id, rejected.id] };
    const refusal = await ada.refusal('reports.report', { userId: ben.userId, category: 'nudity', evidence });
    expect(refusal).toMatchObject({ code: 'EVIDENCE_REFUSED', details: { ids: [own.id, rejected.id] } });
    expect((await ada.call('reports.mine', { limit: 20 })).items).toEqual([]);
  });

  it('is taken from the profile where a moderator says so: it is written down, and its owner told; the others stay', async () => {
    const { ada, ben, mona } = await people(lenient);
    const [bad, good] = [await upload(ben), await upload(ben)];
    const { id: reportId } = await reportOf(ada, ben, [bad.id]);
    await lenient.platform.jobs.runDue();
    await mona.call('admin.resolveReport', { reportId, outcome: 'content_removed', note: '', alsoOthers: false });
    await lenient.platform.jobs.runDue();
    expect(await seenBy(ada, ben)).toEqual({ first: good.id, all: [good.id] });
    expect(fileAt(bad.urls.large)).toBeUndefined();
    const [kept] = await keptIn(mona, reportId);
    expect(fileAt(kept?.photo.urls.large ?? '')).toBeDefined();
    expect((await lenient.told(ben)).map(({ kind, data }) => [kind, data])).toEqual([
      ['photo_rejected', { photoId: bad.id, reason: null }],
    ]);
    const written = await lenient.database.db.select().from(tables.auditLog).where(eq(tables.auditLog.subjectId, bad.id));
    expect(written).toMatchObject([{ action: 'photo.rejected', actorId: mona.userId, details: { reportId } }]);
  });

  it('goes from the evidence when the account is erased', async () => {
    const { ada, ben, mona } = await people(lenient);
    const photo = await upload(ben);
    const { id: reportId } = await reportOf(ada, ben, [photo.id]);
    await lenient.platform.jobs.runDue();
    const [kept] = await keptIn(mona, reportId);
    await ben.call('users.deleteMe', { password: ben.password });
    lenient.clock.pass(erasureDays * 86_400);
    for (let times = 0; times < 3; times += 1) await lenient.platform.jobs.runDue();
    expect(await lenient.database.db.$count(tables.reportEvidence, eq(tables.reportEvidence.reportId, reportId))).toBe(0);
    expect(fileAt(kept?.photo.urls.large ?? '')).toBeUndefined();
  });
});
