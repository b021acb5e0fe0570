// Files of encrypted conversations, of which the service has nothing but bytes until somebody hands in what opens them.
import { erasureDays, type FileKey, type Message, mediaBytes, unusedMediaHours } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { typeOfKey } from '../src/media/signed-links';
import { type FileWorld, keyOf, openFileWorld, type Pair, upload } from './file-world';
import { encryptFile, envelope, fileKey, giveKeys } from './made-up-keys';
import { png } from './pictures';
import { videoOf } from './recordings';
import type { Device, World } from './world';

let files: FileWorld;
let world: World;
let ada: Device;
let ben: Device;
let mona: Device;
let conversationId: string;
let linksOf: Pair['linksOf'];

beforeAll(async () => {
  files = await openFileWorld();
  world = files.world;
  mona = await world.join('Mona');
  await world.setStanding(mona, { role: 'moderator' });
});
beforeEach(async () => {
  ({ ada, ben, conversationId, linksOf } = await files.pair());
});
afterAll(() => world.close());

async function refusalOf(file: Uint8Array, input: object = {}) {
  const answer = await world.send({ endpoint: 'media.upload', input, token: ada.tokens.accessToken, origin: ada.origin, file });
  return answer.ok ? 'ok' : answer.failure;
}

/** Nobody can tell what it is: it looks like a page, and is served as bytes. */
const secret = (length = 40) => new TextEncoder().encode('<script>'.padEnd(length, '!'));
const sealed = (bytes: Uint8Array = secret(), input: { posterId?: string } = {}) => upload(ada, bytes, { as: 'encrypted', ...input });

async function encrypt(): Promise<void> {
  await giveKeys(ada, ben);
  await ada.call('encryption.start', { conversationId });
}

describe('what a device has encrypted', () => {
  const trySending = (by: Device, input: object) =>
    by.refusal('messages.send', { conversationId, clientId: crypto.randomUUID(), ...input });

  it('is kept as it came, and told of as nothing but so many bytes', async () => {
    const small = await sealed(secret(20));
    const file = await sealed(png(), { posterId: small.id });
    const nothing = { width: null, height: null, durationMs: null, codecs: [], color: null, waveform: null };
    expect(file).toEqual({
      id: file.id,
      kind: 'encrypted',
      contentType: 'application/octet-stream',
      size: 30,
      hasPicture: true,
      ...nothing,
    });
    const image = await upload(ada, png());
    const theirs = await upload(ben, secret(), { as: 'encrypted' });
    for (const posterId of [image.id, theirs.id]) {
      expect(await refusalOf(secret(), { as: 'encrypted', posterId })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    }
    expect(await refusalOf(await videoOf('webm'), { posterId: small.id })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    expect(await refusalOf(new Uint8Array(0), { as: 'encrypted' })).toMatchObject({ code: 'MEDIA_UNREADABLE' });
    expect(await refusalOf(new Uint8Array(mediaBytes.encrypted + 1), { as: 'encrypted' })).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('goes into encrypted conversations, and nothing else does', async () => {
    const file = await sealed();
    const image = await upload(ada, png());
    expect(await trySending(ada, { mediaId: file.id })).toMatchObject({ code: 'CONVERSATION_NOT_ENCRYPTED' });
    await encrypt();
    for (const input of [{ mediaId: file.id }, { mediaId: image.id }, { mediaId: image.id, envelope: envelope() }]) {
      expect(await trySending(ada, input)).toMatchObject({ code: 'CONVERSATION_ENCRYPTED' });
    }
    expect(await trySending(ada, { mediaId: file.id, envelope: envelope(), text: 'Look!' })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await trySending(ben, { mediaId: file.id, envelope: envelope() })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
  });

  it('is led to by links to bytes that nothing shows, is the same when it is sent again, and goes with its message', async () => {
    await encrypt();
    const small = await sealed(secret(20));
    const file = await sealed(secret(), { posterId: small.id });
    const message = { conversationId, clientId: crypto.randomUUID(), mediaId: file.id };
    const sent = await ada.call('messages.send', { ...message, envelope: envelope() });
    expect(sent).toMatchObject({ kind: 'encrypted', text: null, media: file });
    // Encrypted anew it is the same message still.
    expect(await ada.call('messages.send', { ...message, envelope: envelope('AAAA') })).toEqual(sent);
    expect(await trySending(ada, { ...message, mediaId: small.id, envelope: envelope() })).toMatchObject({ code: 'CLIENT_ID_REUSED' });
    const [link] = await linksOf(ben, sent.id);
    expect(link).toMatchObject({ encrypted: true, picture: { small: link?.picture?.large } });
    expect(files.kept(link?.url)).toEqual({ bytes: secret(), contentType: 'application/octet-stream' });
    expect(files.kept(link?.picture?.small)?.bytes).toEqual(secret(20));
    expect(typeOfKey(keyOf(link?.url ?? ''))).toBe('application/octet-stream');
    const reply = await ben.call('messages.send', {
      conversationId,
      clientId: crypto.randomUUID(),
      envelope: envelope(),
      replyTo: sent.id,
    });
    expect(reply.replyTo).toMatchObject({ kind: 'encrypted', text: null });
    await files.pass(unusedMediaHours + 1, ada, ben);
    expect(files.kept(link?.url)).toBeDefined();
    const deleted = await ada.call('messages.delete', { messageId: sent.id });
    expect(deleted).toMatchObject({ media: null, envelope: null });
    await files.pass(1, ada);
    expect([files.kept(link?.url), files.kept(link?.picture?.small)]).toEqual([undefined, undefined]);
  });

  it('goes with the account of its sender, and what opened it as well', async () => {
    await encrypt();
    const envelopes = { envelope: envelope() };
    const clientId = crypto.randomUUID();
    const sent = await ada.call('messages.send', { conversationId, clientId, mediaId: (await sealed()).id, ...envelopes });
    await ada.call('users.deleteMe', { password: ada.password });
    await files.pass(erasureDays * 24 + 1, ben);
    const { items } = await ben.call('messages.history', { conversationId, limit: 20 });
    expect(items.find(({ id }) => id === sent.id)).toMatchObject({ media: null, envelope: null, deletedAt: expect.any(String) });
  });
});

describe('an encrypted file that is reported', () => {
  const wrong: FileKey = { ...fileKey, key: fileKey.iv.padEnd(43, 'A') };

  async function sent(bytes: Uint8Array): Promise<Message> {
    const { id: mediaId } = await sealed(encryptFile(bytes));
    return ada.call('messages.send', { conversationId, clientId: crypto.randomUUID(), mediaId, envelope: envelope() });
  }
  async function report(messageIds: string[], opened: { messageId: string; text?: string; fileKey?: FileKey }[]): Promise<string> {
    const evidence = { messageIds, opened, photoIds: [] };
    return (await ben.call('reports.report', { userId: ada.userId, category: 'nudity', text: '', alsoBlock: false, evidence })).id;
  }
  async function seen(reportId: string) {
    mona = await world.signIn(mona);
    return (await mona.call('admin.report', { reportId })).messages;
  }
  beforeEach(encrypt);

  it('is opened by the service with the key that is handed in, though its sender deletes it meanwhile', async () => {
    const image = await sent(png());
    const reportId = await report([image.id], [{ messageId: image.id, fileKey }]);
    expect(await seen(reportId)).toMatchObject([{ encrypted: true, claimed: null, media: { media: { kind: 'encrypted' }, link: null } }]);
    await ada.call('messages.delete', { messageId: image.id });
    await files.pass(0);
    const [message] = await seen(reportId);
    const { media, link, unreadable } = message?.media ?? {};
    expect(media).toMatchObject({ id: image.media?.id, kind: 'image', contentType: 'image/png', width: 60, height: 80, hasPicture: true });
    expect(unreadable).toBe(false);
    expect(files.kept(link?.url)?.contentType).toBe('image/png');
    expect(link?.url).not.toContain(media?.id);
    // What opened it is not kept any longer, and what was sent is gone as it is of other messages.
    const rows = await world.database.db.select().from(tables.reportEvidence).where(eq(tables.reportEvidence.reportId, reportId));
    expect(JSON.stringify(rows)).not.toContain(fileKey.key);
    expect(await world.database.db.$count(tables.media, eq(tables.media.id, media?.id ?? ''))).toBe(0);
    await ada.call('users.deleteMe', { password: ada.password });
    await files.pass(24 * erasureDays + 1);
    expect((await seen(reportId))[0]?.media).toBeNull();
    expect(files.kept(link?.url)).toBeUndefined();
  });

  it('is what its bytes are, a video as well', async () => {
    const video = await sent(await videoOf('webm'));
    const reportId = await report([video.id], [{ messageId: video.id, text: 'Look!', fileKey }]);
    await files.pass(0);
    const [message] = await seen(reportId);
    expect(message).toMatchObject({ claimed: 'Look!', media: { media: { kind: 'video', contentType: 'video/webm', durationMs: 1900 } } });
    expect(files.kept(message?.media?.link?.url)?.contentType).toBe('video/webm');
  });

  it('is told to be unreadable where the key opens nothing', async () => {
    const page = new TextEncoder().encode('<!doctype html><script>alert(1)</script>');
    const [image, other] = [await sent(png()), await sent(page)];
    const reportId = await report(
      [image.id, other.id],
      [
        { messageId: image.id, fileKey: wrong },
        { messageId: other.id, fileKey },
      ],
    );
    await files.pass(0);
    const nothing = { media: { kind: 'encrypted' }, link: null, unreadable: true };
    expect((await seen(reportId)).map(({ media }) => media)).toMatchObject([nothing, nothing]);
  });

  it('is not without its key, nor with the one of a message that was not pointed at', async () => {
    const [first, second] = [await sent(png()), await sent(png())];
    const reportId = await report(
      [first.id],
      [
        { messageId: first.id, text: 'Look!' },
        { messageId: second.id, fileKey },
      ],
    );
    await files.pass(0);
    expect((await seen(reportId)).map(({ media }) => media)).toEqual([null, null]);
  });
});
