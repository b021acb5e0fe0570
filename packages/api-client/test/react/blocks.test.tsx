// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/index';
import { useBlocks, useConversations, useMatch } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { show, until } from './screen';
import { moment, people, startWorld } from './world';

describe('useBlocks', () => {
  it('lists, blocks and unblocks, and whoever is blocked leaves what is cached', async () => {
    const world = await startWorld();
    let blocks: Block[] = [];
    world.server.on('blocks.list', () => ({ items: blocks, nextCursor: null }));
    world.server.on('blocks.block', () => {
      blocks = [{ person: people.ben, createdAt: moment() }];
      for (const list of ['conversations.list', 'matches.matches'] as const) world.server.on(list, () => ({ items: [], nextCursor: null }));
      return { done: true };
    });
    world.server.on('blocks.unblock', () => {
      blocks = [];
      return { done: true };
    });
    world.match();
    const screen = show(world.device('ada'), () => ({ ...useBlocks(), chats: useConversations(), likes: useMatch() }));
    await until(() => screen.now.chats.conversations.length === 1 && screen.now.likes.matches.length === 1 && !screen.now.isLoading);
    expect(screen.now.blocks).toEqual([]);

    await screen.act((now) => now.block(people.ben.id));
    await until(
      () => screen.now.blocks.length === 1 && screen.now.chats.conversations.length === 0 && screen.now.likes.matches.length === 0,
    );
    await screen.act((now) => now.unblock(people.ben.id));
    await until(() => screen.now.blocks.length === 0);

    world.server.on('blocks.block', () => refuse('USER_NOT_FOUND'));
    await expect(screen.now.block('x')).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });
});
