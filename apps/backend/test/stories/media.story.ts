import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { wave } from '../rig/wave';
import { moderator } from './reporting.story';
import { listen, online, refusalOf, type Story, signUp, talkingPair, until } from './story';

export async function picture(color: string): Promise<Blob> {
  const bytes = await sharp({ create: { width: 60, height: 80, channels: 3, background: color } })
    .png()
    .toBuffer();
  return new Blob([new Uint8Array(bytes)], { type: 'image/png' });
}

export const media: Story = (world) =>
  describe('what is sent beside words', () => {
    it('is heard of by the other one, who alone is led to it, until it is deleted', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await online(ben.client);
      const heard = listen(ben.client, 'message:created');
      const file = await ada.client.media.upload({ file: await picture('#446688') });
      expect(file).toMatchObject({ kind: 'image', width: 60, height: 80, hasPicture: true });
      const sent = await ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), mediaId: file.id, text: 'Look!' });
      expect(await heard.next()).toEqual({ message: sent });
      expect(sent).toMatchObject({ kind: 'image', text: 'Look!', media: file });

      const { items } = await ben.client.messages.mediaLinks({ conversationId, messageIds: [sent.id] });
      const url = items[0]?.url ?? '';
      const loaded = await fetch(url);
      expect([loaded.status, loaded.headers.get('content-type')]).toEqual([200, file.contentType]);
      expect((await loaded.arrayBuffer()).byteLength).toBe(file.size);
      expect((await fetch(url.replace(/signature=./, 'signature=_'))).status).toBe(404);
      expect((await fetch(url.split('?')[0] ?? '')).status).toBe(404);
      const stranger = await signUp(world());
      await refusalOf(stranger.client.messages.mediaLinks({ conversationId, messageIds: [sent.id] }), 'CONVERSATION_NOT_FOUND');
      await refusalOf(ben.client.messages.send({ conversationId, clientId: crypto.randomUUID(), mediaId: file.id }), 'MEDIA_NOT_FOUND');

      const deleted = await ada.client.messages.delete({ messageId: sent.id });
      expect(deleted).toMatchObject({ kind: 'image', media: null, text: null });
      expect((await ben.client.messages.mediaLinks({ conversationId, messageIds: [sent.id] })).items).toEqual([]);
    });

    it('is seen by moderators where it was reported, and by nobody else once its sender has deleted it', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const mona = await moderator(world());
      const file = await ben.client.media.upload({ file: await picture('#663344') });
      const { id: messageId } = await ben.client.messages.send({ conversationId, clientId: crypto.randomUUID(), mediaId: file.id });
      const linksOf = async ({ client }: typeof ada) =>
        (await client.messages.mediaLinks({ conversationId, messageIds: [messageId] })).items;
      const [link] = await linksOf(ada);
      expect((await fetch(link?.url ?? '')).status).toBe(200);
      const evidence = { messageIds: [messageId] };
      const { id: reportId } = await ada.client.reports.report({ userId: ben.id, category: 'nudity', evidence });
      await ben.client.messages.delete({ messageId });

      const seen = async () => (await mona.client.admin.report({ reportId })).messages[0];
      const copy = await until(async () => (await seen())?.media?.link);
      expect(await seen()).toMatchObject({ senderId: ben.id, text: null, chosen: true, media: { media: file, unreadable: false } });
      const loaded = await fetch(copy?.url ?? '');
      expect([loaded.status, loaded.headers.get('content-type')]).toEqual([200, file.contentType]);
      expect((await loaded.arrayBuffer()).byteLength).toBe(file.size);
      // Neither by a new link nor by one of before, nor are they led to the copy.
      expect([await linksOf(ada), await linksOf(ben)]).toEqual([[], []]);
      await until(async () => (await fetch(link?.url ?? '')).status === 404);
      expect(copy?.url).not.toContain(file.id);
      await refusalOf(ada.client.admin.report({ reportId }), 'FORBIDDEN');
    });

    it('is played from wherever one wants to hear it', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      const file = await ada.client.media.upload({ file: new Blob([wave(3)], { type: 'image/png' }), waveform: '3,60,99' });
      expect(file).toMatchObject({ kind: 'audio', contentType: 'audio/wav', durationMs: 3000, waveform: [3, 60, 99] });
      const sent = await ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), mediaId: file.id });
      const { items } = await ben.client.messages.mediaLinks({ conversationId, messageIds: [sent.id] });
      const part = await fetch(items[0]?.url ?? '', { headers: { range: 'bytes=100-199' } });
      expect([part.status, part.headers.get('content-type')]).toEqual([206, 'audio/wav']);
      expect(part.headers.get('content-range')).toBe(`bytes 100-199/${file.size}`);
      expect((await part.arrayBuffer()).byteLength).toBe(100);
    });

    it('is what its bytes are, whatever it is called', async () => {
      const ada = await signUp(world());
      const page = new Blob(['<!doctype html><script>alert(1)</script>'], { type: 'video/mp4' });
      await refusalOf(ada.client.media.upload({ file: page }), 'FILE_TYPE_NOT_ALLOWED');
      const cut = wave(3).slice(0, 20);
      await refusalOf(ada.client.media.upload({ file: new Blob([cut], { type: 'audio/wav' }) }), 'MEDIA_UNREADABLE');
    });
  });
