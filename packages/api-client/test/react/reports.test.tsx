// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { FileKey, OwnReport } from '../../src/index';
import { type ReportableMessage, useConversations, useReports } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { show, until } from './screen';
import { moment, newId, people, startWorld } from './world';

describe('useReports', () => {
  it('lists what was reported, adds to it, and shows by itself what came of it', async () => {
    const world = await startWorld();
    const made: OwnReport = {
      id: '019bc150-0a60-7d27-9b41-6e2f80c5a17d',
      userId: people.ben.id,
      displayName: people.ben.displayName,
      person: null,
      category: 'spam',
      text: '',
      status: 'open',
      verdict: null,
      createdAt: moment(),
      resolvedAt: null,
    };
    world.server.on('reports.mine', () => ({ items: [], nextCursor: null }));
    world.server.on('reports.report', () => {
      for (const list of ['conversations.list', 'matches.matches'] as const) world.server.on(list, () => ({ items: [], nextCursor: null }));
      return made;
    });
    world.match();
    const screen = show(world.device('ada'), () => ({ ...useReports(), chats: useConversations() }));
    await until(() => !screen.now.isLoading && screen.now.chats.conversations.length === 1);
    expect(screen.now.reports).toEqual([]);

    await screen.act(async (now) => {
      await now.report({ userId: people.ben.id, category: 'spam', alsoBlock: true });
    });
    // Blocked in the same go: whoever that was leaves what is cached.
    await until(() => screen.now.reports.length === 1 && screen.now.chats.conversations.length === 0);

    const verdict = { reportId: made.id, verdict: 'acted', resolvedAt: moment() } as const;
    world.tell('report:resolved', ['ada'], () => verdict);
    await until(() => screen.now.reports[0]?.status === 'resolved' && screen.now.reports[0].verdict === 'acted');

    world.server.on('reports.report', () => refuse('USER_NOT_FOUND'));
    await expect(screen.now.report({ userId: 'x', category: 'spam' })).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });

  it('hands in what encrypted messages say, and what opens their files only where that is wanted', async () => {
    const world = await startWorld();
    world.server.on('reports.mine', () => ({ items: [], nextCursor: null }));
    const client = world.device('ada');
    const unopened = newId();
    const fileKey: FileKey = { algorithm: 'aes-256-ctr', key: 'k', iv: 'i' };
    client.through({
      seal: async (_, input) => input,
      sealFile: async () => undefined,
      openFile: async () => undefined,
      fileKey: ({ id }) => (id === unopened ? Promise.reject(new Error('There is no key.')) : Promise.resolve(fileKey)),
      open: (data) => data,
    });
    const screen = show(client, () => useReports());
    const of = (text: string | null, more: Partial<ReportableMessage> = {}): ReportableMessage => ({
      id: newId(),
      conversationId: newId(),
      senderId: people.ben.id,
      clientId: newId(),
      envelope: { algorithm: 'a', sessionId: 's', ciphertext: 'c' },
      media: null,
      text,
      ...more,
    });
    const nothing = { width: null, height: null, durationMs: null, codecs: [], color: null, waveform: null };
    const media = { id: newId(), kind: 'image', contentType: 'image/png', size: 5, hasPicture: true, ...nothing } as const;
    const [words, silent, closed] = [of('Words'), of(null, { media }), of('Look!', { id: unopened, media })];
    const messages = [of('In clear', { envelope: null }), words, silent, closed];
    const said = [
      { messageId: words.id, text: 'Words' },
      { messageId: unopened, text: 'Look!' },
    ];
    expect(await screen.now.openedIn(messages)).toEqual(said);
    expect(await screen.now.openedIn(messages, { withFiles: true })).toEqual([said[0], { messageId: silent.id, fileKey }, said[1]]);
  });
});
