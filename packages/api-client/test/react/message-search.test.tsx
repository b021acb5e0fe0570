// @vitest-environment happy-dom
import { notifyManager } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/index';
import { useMessageSearch } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { show, until } from './screen';
import { startWorld } from './world';

describe('useMessageSearch', () => {
  it('asks on as well where a screen is told of a page only when it has come', async () => {
    const world = await startWorld();
    const okapi: Message = world.write('ben', 'okapi');
    const asked: string[] = [];
    world.server.on('messages.search', ({ input }) => {
      const cursor = String(input.cursor ?? 0);
      asked.push(cursor);
      return cursor === '3' ? { items: [okapi], nextCursor: null } : { items: [], nextCursor: String(Number(cursor) + 1) };
    });
    // As on a busy phone: that it was asked and what came of it are seen at once.
    notifyManager.setScheduler((tell) => setTimeout(tell, 50));
    try {
      const screen = show(world.device('ada'), () => useMessageSearch('okapi'));
      await until(() => screen.now.found.length === 1);
      expect(asked).toEqual(['0', '1', '2', '3']);
    } finally {
      notifyManager.setScheduler((tell) => setTimeout(tell, 0));
    }
  });

  it('asks on until something is found, and stops where asking fails', async () => {
    const world = await startWorld();
    const okapi: Message = world.write('ben', 'okapi');
    const pages: Record<string, { items: Message[]; nextCursor: string | null }> = {
      start: { items: [], nextCursor: 'a' },
      a: { items: [], nextCursor: 'b' },
      b: { items: [okapi], nextCursor: 'c' },
      c: { items: [], nextCursor: 'd' },
      d: { items: [], nextCursor: null },
    };
    const asked: string[] = [];
    let isDown = false;
    world.server.on('messages.search', ({ input }) => {
      const cursor = String(input.cursor ?? 'start');
      asked.push(cursor);
      return isDown ? refuse('RATE_LIMITED') : pages[cursor];
    });
    const screen = show(world.device('ada'), () => useMessageSearch(' okapi '));
    await until(() => !screen.now.isLoading);
    expect(screen.now).toMatchObject({ found: [okapi], hasMore: true, isFetchingMore: false });
    expect(asked).toEqual(['start', 'a', 'b']);
    // Nobody was told meanwhile that there is nothing.
    expect(screen.renders.every(({ found, isLoading }) => isLoading || found.length === 1)).toBe(true);

    isDown = true;
    await screen.act((now) => now.fetchMore());
    await until(() => screen.now.error?.code === 'RATE_LIMITED');
    expect(screen.now).toMatchObject({ found: [okapi], hasMore: true, isFetchingMore: false });
    isDown = false;
    await screen.act((now) => now.fetchMore());
    await until(() => !screen.now.hasMore);
    expect(screen.now).toMatchObject({ found: [okapi], isFetchingMore: false, error: null });
    expect(asked.slice(-2)).toEqual(['c', 'd']);
  });
});
