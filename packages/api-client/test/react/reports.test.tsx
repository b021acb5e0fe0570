// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { OwnReport } from '../../src/index';
import { useConversations, useReports } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { show, until } from './screen';
import { moment, people, startWorld } from './world';

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
});
