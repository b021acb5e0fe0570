// How long files are kept: while they are in a message, and for moderators after that.
import { type EvidenceFile, erasureDays, messageVersionDays, unusedMediaHours } from '@app/contracts';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../src';
import { mediaKeys } from '../src/media/present';
import { type FileWorld, openFileWorld, type Pair, upload } from './file-world';
import { png } from './pictures';
import { videoOf } from './recordings';
import type { Device, World } from './world';

let files: FileWorld;
let world: World;
let ada: Device;
let ben: Device;
let conversationId: string;
let send: Pair['send'];
let linksOf: Pair['linksOf'];
let mona: Device;

beforeAll(async () => {
  files = await openFileWorld();
  world = files.world;
  mona = await world.join('Mona');
  await world.setStanding(mona, { role: 'moderator' });
});
beforeEach(async () => {
  ({ ada, ben, conversationId, send, linksOf } = await files.pair());
});
afterAll(() => world.close());

describe('a file goes', () => {
  it('where nobody has sent it within a day', async () => {
    const poster = await upload(ada, png());
    const sentPoster = await send(ada, poster.id);
    const [link] = await linksOf(ada, sentPoster.id);
    await ada.call('messages.delete', { messageId: sentPoster.id });
    const [unused, used] = [await upload(ada, png()), await upload(ada, png())];
    const video = await upload(ada, await videoOf('webm'), { posterId: used.id });
    const sent = await send(ada, video.id);
    await files.pass(unusedMediaHours - 1, ada);
    expect(files.kept(link?.url)).toBeUndefined();
    expect((await send(ada, unused.id)).media).not.toBeNull();
    await files.pass(2, ada);
    const [later] = await linksOf(ada, sent.id);
    expect(files.kept(later?.url)).toBeDefined();
    // It is before the video.
    expect(files.kept(later?.picture?.large)).toBeDefined();
    const late = await upload(ada, png());
    await files.pass(unusedMediaHours + 1, ada);
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
    await files.pass(0);
    expect(files.kept(link?.url)).toBeDefined();
    expect(await linksOf(ben, two.id)).toHaveLength(1);
    const gone = await ada.call('messages.delete', { messageId: two.id });
    expect(gone).toMatchObject({ kind: 'video', media: null, text: null });
    await files.pass(0);
    expect([files.kept(link?.url), files.kept(link?.picture?.small)]).toEqual([undefined, undefined]);
    expect(await linksOf(ben, two.id)).toEqual([]);
  });

  it('with the account of who sent it, and leaves nothing to see', async () => {
    const poster = await upload(ada, png());
    const video = await upload(ada, await videoOf('webm'), { posterId: poster.id });
    const sent = await send(ada, video.id, { text: 'Us' });
    const [link] = await linksOf(ben, sent.id);
    await ada.call('users.deleteMe', { password: ada.password });
    await files.pass(0);
    expect(files.kept(link?.url)).toBeDefined();
    await files.pass(24 * erasureDays + 1, ben);
    expect([files.kept(link?.url), files.kept(link?.picture?.small)]).toEqual([undefined, undefined]);
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
  const copyOf = (file: EvidenceFile | null | undefined) => files.kept(file?.link?.url);

  it('is copied to where moderators alone are led, and stays when its sender deletes the message', async () => {
    const poster = await upload(ada, png());
    const video = await upload(ada, await videoOf('webm'), { posterId: poster.id });
    const sent = await send(ada, video.id, { text: 'Us' });
    const [link] = await linksOf(ben, sent.id);
    const reportId = await report(sent.id);
    expect(await seen(reportId)).toMatchObject([{ text: 'Us', media: { media: video, link: null } }]);
    // Deleted before it was copied: its file waits for that.
    await ada.call('messages.delete', { messageId: sent.id });
    await files.pass(0);
    const [message] = await seen(reportId);
    expect(message).toMatchObject({ text: 'Us', earlier: [], media: { media: { id: video.id, kind: 'video' } } });
    expect(copyOf(message?.media)?.contentType).toBe('video/webm');
    expect(files.kept(message?.media?.link?.picture?.small)?.contentType).toBe('image/png');
    expect(message?.media?.link?.url).not.toContain(video.id);
    expect([files.kept(link?.url), files.kept(link?.picture?.small)]).toEqual([undefined, undefined]);
    await files.pass(24 * (messageVersionDays + 1));
    const [later] = await seen(reportId);
    expect(copyOf(later?.media)).toBeDefined();
  });

  it('is caught after its sender has deleted it, for as long as what was written is', async () => {
    const file = await upload(ada, png());
    const [silent, worded] = [await send(ada, file.id), await send(ada, file.id, { text: 'Look!' })];
    const [link] = await linksOf(ben, silent.id);
    for (const { id } of [silent, worded]) await ada.call('messages.delete', { messageId: id });
    await files.pass(24 * (messageVersionDays - 1), ada, ben);
    // Nobody is led to it any more, not by a link of before either, and it cannot be sent again.
    expect(files.kept(link?.url)).toBeUndefined();
    expect(await ada.refusal('messages.send', { conversationId, clientId: crypto.randomUUID(), mediaId: file.id })).toMatchObject({
      code: 'MEDIA_NOT_FOUND',
    });
    const reportId = await report(worded.id);
    await files.pass(0);
    const messages = await seen(reportId);
    expect(messages).toMatchObject([
      { text: null, media: null, earlier: [{ text: null, media: { media: file } }] },
      { text: null, media: null, earlier: [{ text: 'Look!', media: { media: file } }] },
    ]);
    // It was sent twice, and there is one copy of it.
    const urls = messages.map(({ earlier }) => earlier[0]?.media?.link?.url);
    expect(new Set(urls).size).toBe(1);
    expect(files.kept(urls[0])).toBeDefined();
  });

  it('is not kept any longer than that where nobody reports it', async () => {
    const poster = await upload(ada, png());
    const video = await upload(ada, await videoOf('webm'), { posterId: poster.id });
    const sent = await send(ada, video.id);
    await ada.call('messages.delete', { messageId: sent.id });
    const rowsOf = () => world.database.db.$count(tables.media, inArray(tables.media.id, [video.id, poster.id]));
    await files.pass(24 * (messageVersionDays - 1));
    expect(await rowsOf()).toBe(2);
    const hidden = await world.database.db
      .select()
      .from(tables.media)
      .where(inArray(tables.media.id, [video.id, poster.id]));
    const keys = hidden.flatMap(mediaKeys);
    expect(keys.every((key) => files.file(key) !== undefined && !key.includes(video.id) && !key.includes(poster.id))).toBe(true);
    await world.platform.work.transact(async (work) => {
      work.enqueue('maintenance.expire', {}, new Date(work.now.getTime() + 2 * 86_400_000));
    });
    await files.pass(24 * 2);
    expect(await rowsOf()).toBe(0);
    expect(keys.some((key) => files.file(key) !== undefined)).toBe(false);
  });

  it('goes from the evidence when the account of who sent it is erased, whoever was reported', async () => {
    const [mine, theirs] = [await send(ada, (await upload(ada, png())).id), await send(ben, (await upload(ben, png())).id)];
    const reportId = await report(mine.id);
    await files.pass(0);
    const before = await seen(reportId);
    expect(before.map(({ media }) => copyOf(media) !== undefined)).toEqual([true, true]);
    await ben.call('users.deleteMe', { password: ben.password });
    await files.pass(24 * erasureDays + 1);
    await files.pass(0);
    const after = await seen(reportId);
    expect(after.map(({ messageId, media }) => [messageId, copyOf(media) !== undefined])).toEqual([
      [mine.id, true],
      [theirs.id, false],
    ]);
    expect(copyOf(before[1]?.media)).toBeUndefined();
  });
});
