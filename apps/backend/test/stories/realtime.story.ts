import type { ApiClient, RealtimeStatus } from '@app/api-client';
import { describe, expect, it } from 'vitest';
import { listen, online, refusalOf, type Story, signInAgain, signUp, talkingPair, until } from './story';

async function say(client: ApiClient, conversationId: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await client.messages.send({ conversationId, clientId: crypto.randomUUID(), text });
}

const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `message ${from + index}`);

export const realtime: Story = (world) =>
  describe('the socket', () => {
    it('brings everything that came while it was broken, once and in order', async () => {
      const line = world().line();
      const { ada, ben, conversationId } = await talkingPair(world(), {}, { line });
      await online(ada.client, ben.client);
      const heard = listen(ben.client, 'message:created');
      await say(ada.client, conversationId, ...numbered(1, 3));
      await heard.next(({ message }) => message.text === 'message 3');

      line.down();
      await until(() => ben.client.realtime.status.state === 'reconnecting');
      await say(ada.client, conversationId, ...numbered(4, 9));
      line.up();
      await online(ben.client);
      await say(ada.client, conversationId, 'message 10');
      await heard.next(({ message }) => message.text === 'message 10');

      expect(heard.all.map(({ message }) => message.text)).toEqual(numbered(1, 10));
      const [first = 0] = heard.seqs;
      expect(heard.seqs).toEqual(numbered(1, 10).map((_, index) => first + index));
    });

    it('loses nothing to a network that breaks again and again while messages flow', async () => {
      const line = world().line();
      const { ada, ben, conversationId } = await talkingPair(world(), {}, { line });
      await online(ada.client, ben.client);
      const heard = listen(ben.client, 'message:created');
      for (let index = 1; index <= 30; index += 1) {
        await say(ada.client, conversationId, `message ${index}`);
        if (index % 5 !== 0) continue;
        line.cutSocket();
        ben.client.realtime.connect();
      }
      await heard.next(({ message }) => message.text === 'message 30');
      expect(heard.all.map(({ message }) => message.text)).toEqual(numbered(1, 30));
    });

    it('tells connected from caught up: it says it is caught up only once everything missed is there', async () => {
      const line = world().line();
      const { ada, ben, conversationId } = await talkingPair(world(), {}, { line });
      await online(ben.client);
      line.down();
      await say(ada.client, conversationId, ...numbered(1, 5));
      const heard = listen(ben.client, 'message:created');
      const seen: { status: RealtimeStatus; heard: number }[] = [];
      ben.client.realtime.onStatus((status) => seen.push({ status, heard: heard.all.length }));
      line.up();
      await online(ben.client);
      const connected = seen.filter(({ status }) => status.connected);
      expect(connected[0]).toMatchObject({ status: { caughtUp: false }, heard: 0 });
      expect(connected.at(-1)).toMatchObject({ status: { caughtUp: true }, heard: 5 });
    });

    it('begins at the present: a new device hears nothing that happened before', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await say(ada.client, conversationId, 'long ago');
      const phone = await signInAgain(world(), ben);
      const heard = listen(phone, 'message:created');
      await online(phone);
      await say(ada.client, conversationId, 'now');
      await heard.next();
      expect(heard.all.map(({ message }) => message.text)).toEqual(['now']);
    });

    it('goes on from where it was after the app itself disconnected', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await online(ben.client);
      const heard = listen(ben.client, 'message:created');
      ben.client.realtime.disconnect();
      expect(ben.client.realtime.status).toMatchObject({ state: 'stopped', connected: false, reason: 'disconnected' });
      await say(ada.client, conversationId, ...numbered(1, 3));
      await online(ben.client);
      expect(heard.all.map(({ message }) => message.text)).toEqual(numbered(1, 3));
    });

    it('carries calls while it is open, and HTTP carries them while it is not', async () => {
      const line = world().line();
      const { client, id } = await signUp(world(), {}, { line });
      await online(client);
      const before = line.requests.length;
      expect((await client.matches.matches()).items).toEqual([]);
      expect(line.requests.length).toBe(before);
      client.realtime.disconnect();
      expect((await client.matches.matches()).items).toEqual([]);
      expect(line.requests.slice(before)).toEqual(['GET /matches']);
      expect((await client.users.me()).id).toBe(id);
    });

    it('refuses to send signals when it is not connected', async () => {
      const { client } = await signUp(world());
      const error = await refusalOf(client.realtime.emit('typing:started', { conversationId: crypto.randomUUID() }), 'NETWORK_ERROR');
      expect(error.isNetworkError).toBe(true);
    });
  });

export const outbox: Story = (world) =>
  describe('the outbox', () => {
    it('keeps what is written offline, and sends it in order once the network is back', async () => {
      const line = world().line();
      const { ada, ben, conversationId } = await talkingPair(world(), { line });
      await online(ada.client, ben.client);
      const heard = listen(ben.client, 'message:created');
      line.down();
      for (const text of numbered(1, 5)) ada.client.outbox.send({ conversationId, text });
      expect(ada.client.outbox.list(conversationId).map((message) => message.text)).toEqual(numbered(1, 5));
      await until(() => ada.client.outbox.list(conversationId).every((message) => message.state === 'queued'));

      line.up();
      await online(ada.client);
      await heard.next(({ message }) => message.text === 'message 5');
      expect(heard.all.map(({ message }) => message.text)).toEqual(numbered(1, 5));
      await until(() => ada.client.outbox.list(conversationId).length === 0);
      expect((await ben.client.messages.history({ conversationId })).items.map((message) => message.text)).toEqual(
        numbered(1, 5).reverse(),
      );
    });

    it('sends a message once, though its first answer was lost', async () => {
      const line = world().line();
      const { ada, ben, conversationId } = await talkingPair(world(), { line });
      line.loseNextAnswer(`POST /conversations/${conversationId}/messages`);
      ada.client.outbox.send({ conversationId, text: 'Only once' });
      await until(() => ada.client.outbox.list(conversationId).length === 0);
      expect((await ben.client.messages.history({ conversationId })).items.map((message) => message.text)).toEqual(['Only once']);
    });

    it('shows what was refused, and goes on with the messages behind it', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await online(ada.client);
      ada.client.outbox.send({ conversationId, text: 'a'.repeat(4001) });
      ada.client.outbox.send({ conversationId, text: 'A short one' });
      await until(() => ada.client.outbox.list(conversationId).length === 1);
      const [failed] = ada.client.outbox.list(conversationId);
      expect(failed).toMatchObject({ state: 'failed', error: { code: 'VALIDATION_FAILED' } });
      expect((await ben.client.messages.history({ conversationId })).items.map((message) => message.text)).toEqual(['A short one']);
      ada.client.outbox.discard(failed?.clientId as string);
      expect(ada.client.outbox.list(conversationId)).toEqual([]);
    });

    it('is emptied when the user signs out', async () => {
      const line = world().line();
      const { ada, conversationId } = await talkingPair(world(), { line });
      line.down();
      ada.client.outbox.send({ conversationId, text: 'Never mind' });
      line.up();
      line.down();
      await refusalOf(ada.client.auth.logout({}, { retries: 0 }), 'NETWORK_ERROR');
      expect(ada.client.session.state).toBe('signedOut');
      expect(ada.client.outbox.list(conversationId)).toEqual([]);
    });
  });
