// What may be uploaded, who may send it and who is led to it, and when it is gone. What pictures have to be is told where they
// are really decoded.
import {
  type EvidenceFile,
  erasureDays,
  type Media,
  maxWaveformSteps,
  mediaBytes,
  mediaUpload,
  messageVersionDays,
  unusedMediaHours,
} from '@app/contracts';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryMedia, tables } from '../src';
import { mediaKeys } from '../src/media/present';
import { linkSigner, typeOfKey } from '../src/media/signed-links';
import { deviceKeys, envelope, identityOf } from './made-up-keys';
import { silenceOf, videoOf, voiceOf } from './recordings';
import { createWorld, type Device, type World } from './world';

const store = memoryMedia('https://media.test');
let world: World;
let ada: Device;
let ben: Device;
let eve: Device;
let mona: Device;
let conversationId: string;

beforeAll(async () => {
  world = await createWorld({ ports: { media: store } });
  mona = await world.join('Mona');
  await world.setStanding(mona, { role: 'moderator' });
});
beforeEach(async () => {
  [ada, ben, eve] = [await world.join('Ada'), await world.join('Ben'), await world.join('Eve')];
  await world.match(ada, ben);
  conversationId = (await ada.call('conversations.openDirect', { userId: ben.userId })).id;
});
afterAll(() => world.close());

let count = 0;
/** The first bytes of a PNG, and something that no other one has. */
function png(width = 60, height = 80): Uint8Array {
  count += 1;
  const bytes = new Uint8Array(30);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(24, count);
  return bytes;
}

async function answerTo(by: Device, bytes: Uint8Array, input: object) {
  return world.platform.call({
    endpoint: 'media.upload',
    input,
    token: by.tokens.accessToken,
    way: 'http',
    origin: by.origin,
    receive: async () => ({ size: bytes.length, bytes: async () => bytes }),
  });
}

async function upload(
  by: Device,
  bytes: Uint8Array,
  input: { as?: 'encrypted'; posterId?: string; waveform?: string } = {},
): Promise<Media> {
  const answer = await answerTo(by, bytes, input);
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.data as Media;
}

async function refusalOf(bytes: Uint8Array, input: object = {}) {
  const answer = await answerTo(ada, bytes, input);
  return answer.ok ? 'ok' : answer.failure;
}

function send(by: Device, mediaId: string, more: { text?: string; clientId?: string } = {}) {
  return by.call('messages.send', { conversationId, clientId: crypto.randomUUID(), mediaId, ...more });
}

const linksOf = async (by: Device, ...messageIds: string[]) => (await by.call('messages.mediaLinks', { conversationId, messageIds })).items;
const keyOf = (url: string) => new URL(url).pathname.slice(1);
const kept = (url: string | undefined) => (url === undefined ? undefined : store.file(keyOf(url)));

/** Lets so many hours pass, and what is due by then be done. These are signed in again then. */
async function pass(hours: number, ...again: ('ada' | 'ben')[]): Promise<void> {
  world.clock.pass(hours * 3600);
  await world.platform.jobs.runDue();
  if (again.includes('ada')) ada = await world.signIn(ada);
  if (again.includes('ben')) ben = await world.signIn(ben);
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
      const found = Buffer.from(kept(link?.url)?.bytes ?? []);
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
    await pass(1, 'ada');
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

describe('what a device has encrypted', () => {
  /** Nobody can tell what it is: it looks like a page, and is served as bytes. */
  const secret = (length = 40) => new TextEncoder().encode('<script>'.padEnd(length, '!'));
  const sealed = (bytes: Uint8Array = secret(), input: { posterId?: string } = {}) => upload(ada, bytes, { as: 'encrypted', ...input });
  const trySending = (by: Device, input: object) =>
    by.refusal('messages.send', { conversationId, clientId: crypto.randomUUID(), ...input });

  async function encrypt(...people: Device[]): Promise<void> {
    for (const who of people) {
      await who.call('encryption.publish', { deviceKeys: deviceKeys(who.userId, who.sessionId) });
      await who.call('encryption.publishIdentity', { ...identityOf(who.userId), replaces: null });
    }
    await ada.call('encryption.start', { conversationId });
  }

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
    await encrypt(ada, ben);
    for (const input of [{ mediaId: file.id }, { mediaId: image.id }, { mediaId: image.id, envelope: envelope() }]) {
      expect(await trySending(ada, input)).toMatchObject({ code: 'CONVERSATION_ENCRYPTED' });
    }
    expect(await trySending(ada, { mediaId: file.id, envelope: envelope(), text: 'Look!' })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await trySending(ben, { mediaId: file.id, envelope: envelope() })).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
  });

  it('is led to by links to bytes that nothing shows, is the same when it is sent again, and goes with its message', async () => {
    await encrypt(ada, ben);
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
    expect(kept(link?.url)).toEqual({ bytes: secret(), contentType: 'application/octet-stream' });
    expect(kept(link?.picture?.small)?.bytes).toEqual(secret(20));
    expect(typeOfKey(keyOf(link?.url ?? ''))).toBe('application/octet-stream');
    const reply = await ben.call('messages.send', {
      conversationId,
      clientId: crypto.randomUUID(),
      envelope: envelope(),
      replyTo: sent.id,
    });
    expect(reply.replyTo).toMatchObject({ kind: 'encrypted', text: null });
    await pass(unusedMediaHours + 1, 'ada', 'ben');
    expect(kept(link?.url)).toBeDefined();
    const deleted = await ada.call('messages.delete', { messageId: sent.id });
    expect(deleted).toMatchObject({ media: null, envelope: null });
    await pass(1, 'ada');
    expect([kept(link?.url), kept(link?.picture?.small)]).toEqual([undefined, undefined]);
  });

  it('goes with the account of its sender, and what opened it as well', async () => {
    await encrypt(ada, ben);
    const envelopes = { envelope: envelope() };
    const clientId = crypto.randomUUID();
    const sent = await ada.call('messages.send', { conversationId, clientId, mediaId: (await sealed()).id, ...envelopes });
    await ada.call('users.deleteMe', { password: ada.password });
    await pass(erasureDays * 24 + 1, 'ben');
    const { items } = await ben.call('messages.history', { conversationId, limit: 20 });
    expect(items.find(({ id }) => id === sent.id)).toMatchObject({ media: null, envelope: null, deletedAt: expect.any(String) });
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
    expect(kept(ofImage?.url)?.contentType).toBe('image/png');
    expect(kept(ofVideo?.url)?.contentType).toBe('video/webm');
    expect(kept(ofVideo?.picture?.small)?.contentType).toBe('image/png');
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

describe('a file goes', () => {
  it('where nobody has sent it within a day', async () => {
    const poster = await upload(ada, png());
    const sentPoster = await send(ada, poster.id);
    const [link] = await linksOf(ada, sentPoster.id);
    await ada.call('messages.delete', { messageId: sentPoster.id });
    const [unused, used] = [await upload(ada, png()), await upload(ada, png())];
    const video = await upload(ada, await videoOf('webm'), { posterId: used.id });
    const sent = await send(ada, video.id);
    await pass(unusedMediaHours - 1, 'ada');
    expect(kept(link?.url)).toBeUndefined();
    expect((await send(ada, unused.id)).media).not.toBeNull();
    await pass(2, 'ada');
    const [later] = await linksOf(ada, sent.id);
    expect(kept(later?.url)).toBeDefined();
    // It is before the video.
    expect(kept(later?.picture?.large)).toBeDefined();
    const late = await upload(ada, png());
    await pass(unusedMediaHours + 1, 'ada');
    expect(await ada.refusal('messages.send', { conversationId, clientId: crypto.randomUUID(), mediaId: late.id })).toMatchObject({
      code: 'MEDIA_NOT_FOUND',
    });
  });

  it('with the last message that it is in, and the picture before it', async () => {
    const poster = await upload(ada, png());
    const video = await upload(ada, await videoOf('webm'), { posterId: poster.id });
    const [one, two] = [await send(ada, video.id), await send(ada, video.id)];
    const [link] = await linksOf(ada, one.id);
    await ada.call('messages.delete', { messageId: one.id });
    await pass(0);
    expect(kept(link?.url)).toBeDefined();
    expect(await linksOf(ben, two.id)).toHaveLength(1);
    const gone = await ada.call('messages.delete', { messageId: two.id });
    expect(gone).toMatchObject({ kind: 'video', media: null, text: null });
    await pass(0);
    expect([kept(link?.url), kept(link?.picture?.small)]).toEqual([undefined, undefined]);
    expect(await linksOf(ben, two.id)).toEqual([]);
  });

  it('with the account of who sent it, and leaves nothing to see', async () => {
    const poster = await upload(ada, png());
    const video = await upload(ada, await videoOf('webm'), { posterId: poster.id });
    const sent = await send(ada, video.id, { text: 'Us' });
    const [link] = await linksOf(ben, sent.id);
    await ada.call('users.deleteMe', { password: ada.password });
    await pass(0);
    expect(kept(link?.url)).toBeDefined();
    await pass(24 * erasureDays + 1, 'ben');
    expect([kept(link?.url), kept(link?.picture?.small)]).toEqual([undefined, undefined]);
    const { items } = await ben.call('messages.history', { conversationId, limit: 20 });
    expect(items[0]).toMatchObject({ kind: 'video', media: null, text: null });
    expect(items[0]?.deletedAt).not.toBeNull();
  });
});

describe('a file that is reported', () => {
  async function report(...messageIds: string[]): Promise<string> {
    const evidence = { messageIds, opened: [], photoIds: [] };
    const made = await ben.call('reports.report', { userId: ada.userId, category: 'nudity', text: '', alsoBlock: false, evidence });
    return made.id;
  }
  async function seen(reportId: string) {
    mona = await world.signIn(mona);
    return (await mona.call('admin.report', { reportId })).messages;
  }
  const copyOf = (file: EvidenceFile | null | undefined) => kept(file?.link?.url);

  it('is copied to where moderators alone are led, and stays when its sender deletes the message', async () => {
    const poster = await upload(ada, png());
    const video = await upload(ada, await videoOf('webm'), { posterId: poster.id });
    const sent = await send(ada, video.id, { text: 'Us' });
    const [link] = await linksOf(ben, sent.id);
    const reportId = await report(sent.id);
    expect(await seen(reportId)).toMatchObject([{ text: 'Us', media: { media: video, link: null } }]);
    // Deleted before it was copied: its file waits for that.
    await ada.call('messages.delete', { messageId: sent.id });
    await pass(0);
    const [message] = await seen(reportId);
    expect(message).toMatchObject({ text: 'Us', earlier: [], media: { media: { id: video.id, kind: 'video' } } });
    expect(copyOf(message?.media)?.contentType).toBe('video/webm');
    expect(kept(message?.media?.link?.picture?.small)?.contentType).toBe('image/png');
    expect(message?.media?.link?.url).not.toContain(video.id);
    expect([kept(link?.url), kept(link?.picture?.small)]).toEqual([undefined, undefined]);
    await pass(24 * (messageVersionDays + 1));
    const [later] = await seen(reportId);
    expect(copyOf(later?.media)).toBeDefined();
  });

  it('is caught after its sender has deleted it, for as long as what was written is', async () => {
    const file = await upload(ada, png());
    const [silent, worded] = [await send(ada, file.id), await send(ada, file.id, { text: 'Look!' })];
    const [link] = await linksOf(ben, silent.id);
    for (const { id } of [silent, worded]) await ada.call('messages.delete', { messageId: id });
    await pass(24 * (messageVersionDays - 1), 'ada', 'ben');
    // Nobody is led to it any more, not by a link of before either, and it cannot be sent again.
    expect(kept(link?.url)).toBeUndefined();
    expect(await ada.refusal('messages.send', { conversationId, clientId: crypto.randomUUID(), mediaId: file.id })).toMatchObject({
      code: 'MEDIA_NOT_FOUND',
    });
    const reportId = await report(worded.id);
    await pass(0);
    const messages = await seen(reportId);
    expect(messages).toMatchObject([
      { text: null, media: null, earlier: [{ text: null, media: { media: file } }] },
      { text: null, media: null, earlier: [{ text: 'Look!', media: { media: file } }] },
    ]);
    // It was sent twice, and there is one copy of it.
    const urls = messages.map(({ earlier }) => earlier[0]?.media?.link?.url);
    expect(new Set(urls).size).toBe(1);
    expect(kept(urls[0])).toBeDefined();
  });

  it('is not kept any longer than that where nobody reports it', async () => {
    const poster = await upload(ada, png());
    const video = await upload(ada, await videoOf('webm'), { posterId: poster.id });
    const sent = await send(ada, video.id);
    await ada.call('messages.delete', { messageId: sent.id });
    const rowsOf = () => world.database.db.$count(tables.media, inArray(tables.media.id, [video.id, poster.id]));
    await pass(24 * (messageVersionDays - 1));
    expect(await rowsOf()).toBe(2);
    const hidden = await world.database.db
      .select()
      .from(tables.media)
      .where(inArray(tables.media.id, [video.id, poster.id]));
    const keys = hidden.flatMap(mediaKeys);
    expect(keys.every((key) => store.file(key) !== undefined && !key.includes(video.id) && !key.includes(poster.id))).toBe(true);
    await world.platform.work.transact(async (work) => {
      work.enqueue('maintenance.expire', {}, new Date(work.now.getTime() + 2 * 86_400_000));
    });
    await pass(24 * 2);
    expect(await rowsOf()).toBe(0);
    expect(keys.some((key) => store.file(key) !== undefined)).toBe(false);
  });

  it('goes from the evidence when the account of who sent it is erased, whoever was reported', async () => {
    const [mine, theirs] = [await send(ada, (await upload(ada, png())).id), await send(ben, (await upload(ben, png())).id)];
    const reportId = await report(mine.id);
    await pass(0);
    const before = await seen(reportId);
    expect(before.map(({ media }) => copyOf(media) !== undefined)).toEqual([true, true]);
    await ben.call('users.deleteMe', { password: ben.password });
    await pass(24 * erasureDays + 1);
    await pass(0);
    const after = await seen(reportId);
    expect(after.map(({ messageId, media }) => [messageId, copyOf(media) !== undefined])).toEqual([
      [mine.id, true],
      [theirs.id, false],
    ]);
    expect(copyOf(before[1]?.media)).toBeUndefined();
  });
});
