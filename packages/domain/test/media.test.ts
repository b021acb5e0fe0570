// What may be uploaded, who may send it and who is led to it. What pictures have to be is told where they are really decoded.
import { maxWaveformSteps, mediaBytes, mediaUpload } from '@app/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { linkSigner } from '../src/media/signed-links';
import { type FileWorld, openFileWorld, type Pair, upload } from './file-world';
import { png } from './pictures';
import { silenceOf, videoOf, voiceOf } from './recordings';
import type { Device, World } from './world';

let files: FileWorld;
let world: World;
let ada: Device;
let ben: Device;
let eve: Device;
let conversationId: string;
let send: Pair['send'];
let linksOf: Pair['linksOf'];

beforeAll(async () => {
  files = await openFileWorld();
  world = files.world;
});
beforeEach(async () => {
  ({ ada, ben, eve, conversationId, send, linksOf } = await files.pair());
});
afterAll(() => world.close());

async function refusalOf(file: Uint8Array, input: object = {}) {
  const answer = await world.send({ endpoint: 'media.upload', input, token: ada.tokens.accessToken, origin: ada.origin, file });
  return answer.ok ? 'ok' : answer.failure;
}

describe('what is uploaded', () => {
  it('is what its bytes are, with what there is to know of it', async () => {
    expect(await upload(ada, png())).toMatchObject({ kind: 'image', contentType: 'image/png', width: 60, height: 80, hasPicture: true });
    const video = await upload(ada, await videoOf('mp4'));
    expect(video).toMatchObject({ kind: 'video', contentType: 'video/mp4', width: 320, height: 240, durationMs: 2000, hasPicture: false });
    expect(video.codecs).toEqual(['vp8']);
    expect(await upload(ada, await videoOf('webm'))).toMatchObject({ kind: 'video', contentType: 'video/webm', durationMs: 1900 });
    expect(await upload(ada, await voiceOf())).toMatchObject({ kind: 'audio', contentType: 'audio/webm', width: null, durationMs: 1980 });
    expect(await upload(ada, silenceOf(3))).toMatchObject({ kind: 'audio', contentType: 'audio/wav', durationMs: 3000, color: null });
  });

  it('bears the waveform that its app has heard, no more of it than is shown', async () => {
    const steps = Array.from({ length: 60 }, (_, index) => index * 4);
    const { waveform } = await upload(ada, await voiceOf(), { waveform: steps.join() });
    expect(waveform).toEqual(steps.map((step) => Math.min(step, 100)));
    const many = await upload(ada, await voiceOf(), { waveform: Array.from({ length: 100 }, () => 1).join() });
    expect(many.waveform).toHaveLength(maxWaveformSteps);
    expect((await upload(ada, await videoOf('webm'), { waveform: '1,2' })).waveform).toBeNull();
    expect(await refusalOf(await voiceOf(), { waveform: '1,-5' })).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('may have an image of its owner before it, where it is a video', async () => {
    const poster = await upload(ada, png());
    const bytes = await videoOf('webm');
    expect(await upload(ada, bytes, { posterId: poster.id })).toMatchObject({ hasPicture: true, color: poster.color });
    const theirs = await upload(ben, png());
    expect(await refusalOf(bytes, { posterId: theirs.id })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    const voice = await upload(ada, await voiceOf());
    expect(await refusalOf(bytes, { posterId: voice.id })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
  });

  it('loses what else was in the file', async () => {
    const told = 'taken at 38.7223,-9.1393';
    const bytes = await videoOf('webm', { comment: told });
    expect(Buffer.from(bytes).includes(told)).toBe(true);
    const script = new TextEncoder().encode('<script>alert(1)</script>');
    for (const file of [bytes, await videoOf('mp4', { comment: told })]) {
      const { id } = await upload(ada, Uint8Array.from([...file, ...script]));
      const [link] = await linksOf(ada, (await send(ada, id)).id);
      const found = Buffer.from(files.kept(link?.url)?.bytes ?? []);
      expect(found.length).toBeGreaterThan(1000);
      expect(found.includes(told)).toBe(false);
      expect(found.includes('script')).toBe(false);
    }
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['a page', () => new TextEncoder().encode('<!doctype html><script>alert(1)</script>'), 'FILE_TYPE_NOT_ALLOWED'],
    [
      'a drawing that runs',
      () => new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'FILE_TYPE_NOT_ALLOWED',
    ],
    ['a program', () => Uint8Array.from([0x4d, 0x5a, ...new Uint8Array(600)]), 'FILE_TYPE_NOT_ALLOWED'],
    ['nothing', () => new Uint8Array(0), 'FILE_TYPE_NOT_ALLOWED'],
    [
      'the header of a video, and a page',
      async () => Uint8Array.from([...(await videoOf('mp4')).subarray(0, 40), ...new TextEncoder().encode('<html>'.repeat(50))]),
      'MEDIA_UNREADABLE',
    ],
    ['an MP4 that was cut off', async () => (await videoOf('mp4')).slice(0, 6_000), 'MEDIA_UNREADABLE'],
    ['a WebM that was cut off', async () => (await videoOf('webm')).slice(0, 5_000), 'MEDIA_UNREADABLE'],
    ['a video without pictures', () => videoOf('mp4', { seconds: 0 }), 'MEDIA_UNREADABLE'],
    ['a video that is too long', () => videoOf('webm', { seconds: 603 }), 'MEDIA_TOO_LONG'],
    ['a video of too many pixels', () => videoOf('mp4', { width: 12_000, height: 9_000 }), 'IMAGE_TOO_LARGE'],
    ['an image of too many pixels', () => png(60_000, 60_000), 'IMAGE_TOO_LARGE'],
    ['an image of too many bytes', () => Uint8Array.from([...png(), ...new Uint8Array(mediaBytes.image)]), 'PAYLOAD_TOO_LARGE'],
    ['audio of too many bytes', () => silenceOf(1_200), 'PAYLOAD_TOO_LARGE'],
  ])('is refused where it is %s', async (_, make, code) => {
    expect(await refusalOf(await make())).toMatchObject({ code });
  });

  it('is told what else there is that can be sent', async () => {
    expect(await refusalOf(new Uint8Array(80))).toMatchObject({ details: { allowed: [...mediaUpload.types] } });
  });

  it('says how long it may be', async () => {
    expect(await refusalOf(await videoOf('mp4', { seconds: 601 }))).toMatchObject({ code: 'MEDIA_TOO_LONG', details: { maxSeconds: 600 } });
  });
});

describe('a file in a message', () => {
  it('is sent alone or with words, and heard of without an address', async () => {
    const file = await upload(ada, png());
    const sent = await send(ada, file.id);
    expect(sent).toMatchObject({ kind: 'image', text: null, media: file });
    const worded = await send(ada, file.id, { text: 'Look!' });
    expect(worded).toMatchObject({ kind: 'image', text: 'Look!', media: file });
    const heard = (await world.heard(ben)).filter(({ event }) => event === 'message:created');
    expect(heard.map(({ data }) => data.message)).toEqual([sent, worded]);
    expect(JSON.stringify(heard)).not.toContain('https://');
    expect((await ben.call('messages.history', { conversationId, limit: 20 })).items).toEqual([worded, sent]);
    const { lastMessage, unreadCount } = await ben.call('conversations.get', { conversationId });
    expect([lastMessage?.kind, unreadCount]).toEqual(['image', 2]);
  });

  it('is only ever the file of who sends it, and there has to be something', async () => {
    const theirs = await upload(ben, png());
    const refused = (input: object) => ada.refusal('messages.send', { conversationId, clientId: crypto.randomUUID(), ...input });
    expect(await refused({ mediaId: theirs.id })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    expect(await refused({ mediaId: '019bc12f-5d80-7e24-b6c9-70f1a83e5d42' })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    expect(await refused({})).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ path: 'text' }] } });
  });

  it('belongs to its client id as words do', async () => {
    const [one, other] = [await upload(ada, png()), await upload(ada, png())];
    const clientId = crypto.randomUUID();
    const sent = await send(ada, one.id, { clientId });
    expect(await send(ada, one.id, { clientId })).toEqual(sent);
    const again = { conversationId, clientId };
    for (const input of [
      { ...again, mediaId: other.id },
      { ...again, text: 'Look!' },
      { ...again, mediaId: one.id, text: 'Look!' },
    ]) {
      expect(await ada.refusal('messages.send', input)).toMatchObject({ code: 'CLIENT_ID_REUSED', details: { messageId: sent.id } });
    }
    await ada.call('messages.delete', { messageId: sent.id });
    // A late repeat, of a file that is gone by then.
    await files.pass(1, ada);
    expect(await send(ada, one.id, { clientId })).toMatchObject({ id: sent.id, kind: 'image', media: null, text: null });
  });

  it('is told of where it is answered, and can be given other words', async () => {
    const { id } = await send(ada, (await upload(ada, await voiceOf())).id);
    const reply = await ben.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'I heard', replyTo: id });
    expect(reply.replyTo).toMatchObject({ id, kind: 'audio', text: null });
    const edited = await ada.call('messages.edit', { messageId: id, text: 'From the summit' });
    expect(edited).toMatchObject({ kind: 'audio', text: 'From the summit', media: { kind: 'audio' } });
    await ben.call('messages.react', { messageId: id, emoji: '🦊' });
    expect((await ben.call('messages.history', { conversationId, limit: 20 })).items[1]).toMatchObject({ media: { kind: 'audio' } });
  });

  it('counts as read by whoever hides it from themselves', async () => {
    const sent = await send(ada, (await upload(ada, png())).id);
    await ben.call('messages.hide', { messageId: sent.id });
    expect((await ben.call('conversations.get', { conversationId })).unreadCount).toBe(0);
  });
});

describe('links to a file', () => {
  it('lead those who can see the message to it, for a while, and are the same for a while', async () => {
    const poster = await upload(ada, png());
    const video = await upload(ada, await videoOf('webm'), { posterId: poster.id });
    const [image, recording] = [await send(ada, poster.id), await send(ada, video.id)];
    const links = await linksOf(ben, image.id, recording.id);
    const ofImage = links.find(({ messageId }) => messageId === image.id);
    const ofVideo = links.find(({ messageId }) => messageId === recording.id);
    expect(ofImage?.url).toBe(ofImage?.picture?.large);
    expect(files.kept(ofImage?.url)?.contentType).toBe('image/png');
    expect(files.kept(ofVideo?.url)?.contentType).toBe('video/webm');
    expect(files.kept(ofVideo?.picture?.small)?.contentType).toBe('image/png');
    const ends = new Date(ofVideo?.expiresAt ?? 0).getTime() - world.clock.now.getTime();
    expect(ends).toBeGreaterThanOrEqual(3_600_000);
    expect(ends).toBeLessThanOrEqual(7_200_000);
    world.clock.pass(60);
    expect(await linksOf(ben, image.id, recording.id)).toEqual(links);
  });

  it('are nobody else’s, and nobody’s whose message it is not any more', async () => {
    const sent = await send(ada, (await upload(ada, png())).id);
    expect(await eve.refusal('messages.mediaLinks', { conversationId, messageIds: [sent.id] })).toMatchObject({
      code: 'CONVERSATION_NOT_FOUND',
    });
    await world.match(ada, eve);
    const { id: elsewhere } = await ada.call('conversations.openDirect', { userId: eve.userId });
    const asked = await eve.call('messages.mediaLinks', { conversationId: elsewhere, messageIds: [sent.id] });
    expect(asked.items).toEqual([]);
    expect(await linksOf(ben, sent.id)).toHaveLength(1);
    await ben.call('messages.hide', { messageId: sent.id });
    expect(await linksOf(ben, sent.id)).toEqual([]);
    expect(await linksOf(ada, sent.id)).toHaveLength(1);
    await world.block(ben, ada);
    expect(await ada.refusal('messages.mediaLinks', { conversationId, messageIds: [sent.id] })).toMatchObject({
      code: 'CONVERSATION_NOT_FOUND',
    });
  });

  it('are not of what was sent before one joined a group, nor after one left it', async () => {
    await world.match(ada, eve);
    const { id } = await ada.call('groups.create', { name: 'Climbers', userIds: [ben.userId] });
    const file = await upload(ada, png());
    const say = () => ada.call('messages.send', { conversationId: id, clientId: crypto.randomUUID(), mediaId: file.id });
    const before = await say();
    await ada.call('groups.addMembers', { conversationId: id, userIds: [eve.userId] });
    const after = await say();
    const messageIds = [before.id, after.id];
    const seen = await eve.call('messages.mediaLinks', { conversationId: id, messageIds });
    expect(seen.items.map(({ messageId }) => messageId)).toEqual([after.id]);
    await ada.call('groups.removeMember', { conversationId: id, userId: eve.userId });
    expect(await eve.refusal('messages.mediaLinks', { conversationId: id, messageIds })).toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
  });

  it('hold for the file that they were signed for, until they end', async () => {
    const links = linkSigner('a secret');
    const [now, end] = [new Date('2026-01-15T12:00:00Z'), new Date('2026-01-15T13:00:00Z')];
    const query = new URLSearchParams(await links.sign('messages/one/large.webp', end));
    expect(await links.holds('messages/one/large.webp', query, now)).toBe(true);
    expect(await links.holds('messages/two/large.webp', query, now)).toBe(false);
    expect(await links.holds('messages/one/large.webp', query, end)).toBe(false);
    expect(await linkSigner('another').holds('messages/one/large.webp', query, now)).toBe(false);
    const longer = new URLSearchParams({ expires: '9999999999', signature: query.get('signature') ?? '' });
    expect(await links.holds('messages/one/large.webp', longer, now)).toBe(false);
    expect(await links.holds('messages/one/large.webp', new URLSearchParams(), now)).toBe(false);
  });
});
