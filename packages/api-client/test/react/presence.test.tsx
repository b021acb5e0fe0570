// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { usePresence } from '../../src/react/index';
import { show, until } from './screen';
import { people, startWorld } from './world';

const [ada, ben] = [people.ada.id, people.ben.id];
const lastSeenAt = '2026-01-15T10:30:00.000Z';

describe('usePresence', () => {
  it('tells who of those shown is here, follows it, and asks for whom it is given', async () => {
    const world = await startWorld();
    const asked: unknown[] = [];
    world.server.on('realtime.watchPresence', ({ input }) => {
      asked.push(input.userIds);
      return { items: (input.userIds as string[]).map((userId) => ({ userId, online: userId === ben, lastSeenAt: null })) };
    });
    const screen = show(world.device('ada'), (ids: string[]) => usePresence(ids), { initialProps: [ben] });
    await until(() => screen.now.get(ben)?.online === true);
    const before = screen.now;
    // The same people, in another list.
    screen.rerender([ben]);
    expect(screen.now).toBe(before);
    world.server.peer.send({ event: 'presence:changed', data: { userId: ben, online: false, lastSeenAt } });
    await until(() => screen.now.get(ben)?.lastSeenAt === lastSeenAt);
    screen.rerender([ada, ben]);
    await until(() => screen.now.size === 2);
    screen.rerender([]);
    await until(() => asked.length === 3);
    expect(asked).toEqual([[ben], [ada, ben].sort(), []]);
    expect(screen.now.size).toBe(0);
  });
});
