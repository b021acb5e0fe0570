import type { ApiClient, DebugEntry, Message } from '@app/api-client';
import { createEncryption, type Encryption, isSafetyCode } from '@app/api-client/encryption';
import { openMatrixMachine } from '@app/api-client/encryption/matrix';
import { describe, expect, it } from 'vitest';
import { wave } from '../rig/wave';
import type { World } from '../worlds/world';
import { picture } from './media.story';
import { moderator } from './reporting.story';
import { listen, online, refusalOf, type Someone, type Story, signInAgain, talkingPair, until } from './story';

interface Secure {
  readonly client: ApiClient;
  readonly encryption: Encryption;
}

/** Has a device make its keys, and waits until it has. */
async function secure(client: ApiClient, state: Encryption['state'] = 'ready'): Promise<Secure> {
  const encryption = createEncryption(client, { openMachine: openMatrixMachine });
  await online(client);
  await until(() => encryption.state === state);
  return { client, encryption };
}

/** Two people whose conversation is encrypted, each on one device. */
async function secretPair(world: World) {
  const pair = await talkingPair(world);
  const [ada, ben] = [await secure(pair.ada.client), await secure(pair.ben.client)];
  const { conversationId } = pair;
  await ada.client.encryption.start({ conversationId });
  return { ada, ben, conversationId, people: pair };
}

const say = ({ client }: { client: ApiClient }, conversationId: string, text: string, more: { replyTo?: string } = {}) =>
  client.messages.send({ conversationId, clientId: crypto.randomUUID(), text, ...more });

async function newest({ client }: { client: ApiClient }, conversationId: string): Promise<Message | undefined> {
  return (await client.messages.history({ conversationId, limit: 1 })).items[0];
}

/** As the service has it: on a device that makes no keys. */
async function asStored(world: World, who: Someone, conversationId: string): Promise<Message | undefined> {
  return newest({ client: await signInAgain(world, who) }, conversationId);
}

export const encryption: Story = (world) =>
  describe('an encrypted conversation', () => {
    it('is read by the two, live and later, and by nobody else', { timeout: 60_000 }, async () => {
      const { ada, ben, conversationId, people } = await secretPair(world());
      const heard = listen(ben.client, 'message:created');
      const sent = await say(ada, conversationId, 'Between us');
      expect(sent).toMatchObject({ kind: 'encrypted', text: 'Between us' });
      expect((await heard.next(({ message }) => message.id === sent.id)).message.text).toBe('Between us');
      expect(await newest(ben, conversationId)).toMatchObject({ id: sent.id, text: 'Between us' });
      expect((await ben.client.conversations.list()).items[0]?.lastMessage?.text).toBe('Between us');
      const stored = await asStored(world(), people.ben, conversationId);
      expect(stored).toMatchObject({ id: sent.id, kind: 'encrypted', text: null });
      expect(JSON.stringify(stored)).not.toContain('Between us');

      const answer = await say(ben, conversationId, 'And so it stays', { replyTo: sent.id });
      const shown = await newest(ada, conversationId);
      expect(shown).toMatchObject({ id: answer.id, text: 'And so it stays', replyTo: { id: sent.id, text: 'Between us' } });
      await ada.client.messages.edit({ messageId: sent.id, text: 'Between the two of us' });
      const { items } = await ben.client.messages.history({ conversationId });
      expect(items.find(({ id }) => id === sent.id)).toMatchObject({ text: 'Between the two of us', editedAt: expect.any(String) });
    });

    it('takes what waits in the outbox, and lets no draft and no plain text out', { timeout: 60_000 }, async () => {
      const { ada, ben, conversationId, people } = await secretPair(world());
      const heard = listen(ben.client, 'message:created');
      ada.client.outbox.send({ conversationId, text: 'Out of the box' });
      expect((await heard.next(({ message }) => message.kind === 'encrypted')).message.text).toBe('Out of the box');
      await until(() => ada.client.outbox.list(conversationId).length === 0);
      await refusalOf(ada.client.conversations.saveDraft({ conversationId, text: 'Not yet' }), 'CONVERSATION_ENCRYPTED');
      const plain = await signInAgain(world(), people.ada);
      await refusalOf(say({ client: plain }, conversationId, 'In clear'), 'CONVERSATION_ENCRYPTED');
    });

    it('carries a file that the two alone can open, and nobody can exchange', { timeout: 60_000 }, async () => {
      const { ada, ben, conversationId, people } = await secretPair(world());
      const heard = listen(ben.client, 'message:created');
      const [picture, small] = ['of nobody’s business', 'nor is this'];
      const image = (text: string) => new Blob([text], { type: 'image/jpeg' });
      ada.client.outbox.send({
        conversationId,
        text: 'Look',
        media: { kind: 'image', file: image(picture), poster: image(small), width: 60, height: 80 },
      });
      const { message } = await heard.next(({ message }) => message.kind === 'encrypted');
      expect(message).toMatchObject({ text: 'Look', media: { kind: 'image', contentType: 'image/jpeg', width: 60, hasPicture: true } });
      expect(message.media?.size).toBe(new TextEncoder().encode(picture).length);
      const stored = await asStored(world(), people.ben, conversationId);
      expect(stored?.media).toMatchObject({ kind: 'encrypted', contentType: 'application/octet-stream', width: null });
      await ada.client.messages.edit({ messageId: message.id, text: 'Look!' });

      const { items } = await ben.client.messages.mediaLinks({ conversationId, messageIds: [message.id] });
      const read = async (url = '') => {
        const answer = await fetch(url);
        expect(answer.headers.get('content-type')).toBe('application/octet-stream');
        expect(answer.headers.get('content-disposition')).toContain('attachment');
        return new Uint8Array(await answer.arrayBuffer());
      };
      const [file, before] = [await read(items[0]?.url), await read(items[0]?.picture?.small)];
      expect(new TextDecoder().decode(file)).not.toContain(picture);
      const edited = await newest(ben, conversationId);
      if (edited === undefined) throw new Error('It is gone.');
      expect(edited).toMatchObject({ text: 'Look!', media: { kind: 'image' } });
      const opened = async (...asked: ['file' | 'picture', Uint8Array]) => {
        const answer = await ben.client.openFile(edited, ...asked);
        return answer && new TextDecoder().decode(answer.bytes);
      };
      expect([await opened('file', file), await opened('picture', before)]).toEqual([picture, small]);
      expect(
        await opened(
          'file',
          file.map((byte, at) => (at === 3 ? byte ^ 1 : byte)),
        ),
      ).toBeUndefined();
      expect(await opened('file', before)).toBeUndefined();

      // What went to the service as it is stays out of it.
      const { id: mediaId } = await ada.client.media.upload({ file: new Blob([wave(1)], { type: 'audio/wav' }) });
      const clientId = crypto.randomUUID();
      await refusalOf(ada.client.messages.send({ conversationId, clientId, mediaId }), 'CONVERSATION_ENCRYPTED');
      ada.client.outbox.send({ conversationId, media: { kind: 'image', file: new Blob(['whatever']) } });
      await until(() => ada.client.outbox.list(conversationId)[0]?.error?.code === 'FILE_TYPE_NOT_ALLOWED');
    });

    it('shows moderators the very file that was sent, where who got it hands in what opens it', { timeout: 60_000 }, async () => {
      const { ada, ben, conversationId, people } = await secretPair(world());
      const mona = await moderator(world());
      const heard = listen(ben.client, 'message:created');
      ada.client.outbox.send({ conversationId, media: { kind: 'image', file: await picture('#663344') } });
      const { message } = await heard.next(({ message }) => message.kind === 'encrypted');
      const fileKey = await ben.client.fileKey(message);
      const { id: reportId } = await ben.client.reports.report({
        userId: people.ada.id,
        category: 'nudity',
        evidence: { messageIds: [message.id], opened: [{ messageId: message.id, fileKey }] },
      });
      const shown = await until(async () => {
        const { messages } = await mona.client.admin.report({ reportId });
        return messages[0]?.media?.link ? messages[0].media : undefined;
      });
      expect(shown).toMatchObject({ media: { kind: 'image', width: 60, height: 80 }, unreadable: false });
      expect((await fetch(shown?.link?.url ?? '')).headers.get('content-type')).toBe(shown?.media.contentType);
    });

    it('is verified by the same sixty digits on both sides', { timeout: 60_000 }, async () => {
      const { ada, ben, people } = await secretPair(world());
      const mine = await ada.encryption.safetyNumber(people.ben.id);
      const theirs = await ben.encryption.safetyNumber(people.ada.id);
      expect(mine).toMatchObject({ digits: expect.stringMatching(/^\d{60}$/), isVerified: false, hasChanged: false, devices: 1 });
      expect(theirs?.digits).toBe(mine?.digits);
      expect(isSafetyCode(theirs?.qr ?? '', mine ?? { qr: '' })).toBe(true);
      await refusalOf(ada.encryption.verify({ userId: people.ben.id, digits: '0'.repeat(60) }), 'IDENTITY_CHANGED');
      if (mine) await ada.encryption.verify(mine);
      expect(await ada.encryption.safetyNumber(people.ben.id)).toMatchObject({ isVerified: true });
    });

    it('is read on a new device once another one has approved it, from then on', { timeout: 90_000 }, async () => {
      const { ada, ben, conversationId, people } = await secretPair(world());
      const before = await say(ada, conversationId, 'Before the tablet');
      const called: string[] = [];
      const debug = ({ kind, message }: DebugEntry) => kind === 'answer' && called.push(message);
      const tablet = await secure(await signInAgain(world(), people.ben, { debug }), 'unapproved');
      await say(ada, conversationId, 'Not for the tablet yet');
      expect(await newest(tablet, conversationId)).toMatchObject({ kind: 'encrypted', text: null });
      await refusalOf(say(tablet, conversationId, 'Nor from it'), 'CONVERSATION_ENCRYPTED');
      tablet.client.outbox.send({ conversationId, media: { kind: 'image', file: new Blob(['Nor this'], { type: 'image/png' }) } });
      await until(() => tablet.client.outbox.list(conversationId)[0]?.error?.code === 'CONVERSATION_ENCRYPTED');
      expect(called).toContain('encryption.people');
      expect(called).not.toContain('media.upload');

      const seen = (await ben.encryption.devices()).find(({ isApproved }) => !isApproved);
      const own = (await tablet.encryption.devices()).find(({ isCurrent }) => isCurrent);
      expect(seen).toMatchObject({ id: own?.id, code: own?.code });
      await ben.encryption.approve(seen?.id ?? '');
      await until(() => tablet.encryption.state === 'ready');
      const after = await say(ada, conversationId, 'For all of them');
      for (const device of [ben, tablet]) await until(async () => (await newest(device, conversationId))?.text === 'For all of them');
      const { items } = await tablet.client.messages.history({ conversationId });
      expect(items.find(({ id }) => id === before.id)).toMatchObject({ text: null });
      await say(tablet, conversationId, 'From the tablet');
      await until(async () => (await newest(ada, conversationId))?.text === 'From the tablet');

      // A device that is signed out is encrypted to no more: the key is another one.
      await ben.client.auth.revokeSession({ sessionId: own?.id ?? '' });
      await until(async () => (await ada.encryption.safetyNumber(people.ben.id))?.devices === 1);
      const last = await say(ada, conversationId, 'Without the tablet');
      expect(last.envelope?.sessionId).not.toBe(after.envelope?.sessionId);
      await until(async () => (await newest(ben, conversationId))?.text === 'Without the tablet');
    });

    it('stops for who was verified when their identity changes, until one goes on', { timeout: 90_000 }, async () => {
      const { ada, ben, conversationId, people } = await secretPair(world());
      const before = await ada.encryption.safetyNumber(people.ben.id);
      if (before) await ada.encryption.verify(before);
      await ben.client.auth.logoutAll();
      const phone = await secure(await signInAgain(world(), people.ben), 'unapproved');
      await phone.encryption.reset();
      expect(phone.encryption.state).toBe('ready');
      await until(async () => (await ada.encryption.safetyNumber(people.ben.id))?.isViolated);
      const after = await ada.encryption.safetyNumber(people.ben.id);
      expect(after).toMatchObject({ isVerified: false, hasChanged: true });
      expect(after?.digits).not.toBe(before?.digits);
      await refusalOf(say(ada, conversationId, 'Is that you?'), 'IDENTITY_CHANGED');
      await ada.encryption.accept(people.ben.id);
      await say(ada, conversationId, 'It is you');
      await until(async () => (await newest(phone, conversationId))?.text === 'It is you');
    });

    it('shows nothing of what was copied, or put in the mouth of somebody else', { timeout: 60_000 }, async () => {
      const { ada, ben, conversationId, people } = await secretPair(world());
      const { envelope } = await say(ada, conversationId, 'I owe you');
      if (envelope === null) throw new Error('It was not encrypted.');
      for (const forger of [people.ada, people.ben]) {
        const plain = await signInAgain(world(), forger);
        const { id } = await plain.messages.send({ conversationId, clientId: crypto.randomUUID(), envelope });
        for (const reader of [ada, ben]) expect(await newest(reader, conversationId)).toMatchObject({ id, text: null });
      }
    });
  });
