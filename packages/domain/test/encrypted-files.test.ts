// Files of encrypted conversations, of which the service has nothing but bytes until somebody hands in what opens them.
import { erasureDays, mediaBytes, unusedMediaHours } from '@app/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { typeOfKey } from '../src/media/signed-links';
import { type FileWorld, keyOf, openFileWorld, type Pair, upload } from './file-world';
import { envelope, giveKeys } from './made-up-keys';
import { png } from './pictures';
import { videoOf } from './recordings';
import type { Device, World } from './world';

let files: FileWorld;
let world: World;
let ada: Device;
let ben: Device;
let conversationId: string;
let linksOf: Pair['linksOf'];

beforeAll(async () => {
  files = await openFileWorld();
  world = files.world;
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
