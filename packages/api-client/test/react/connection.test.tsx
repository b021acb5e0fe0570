// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { useConnection } from '../../src/react/index';
import { show, until } from './screen';
import { startWorld } from './world';

describe('useConnection', () => {
  it('tells how the connection is, counts down to the next try, and tries now when it is told to', async () => {
    const world = await startWorld();
    const screen = show(world.device('ada'), () => useConnection());
    await until(() => screen.now.caughtUp);
    expect(screen.now).toMatchObject({ connected: true, offline: false, state: 'connected', reason: null, reconnectingIn: null });
    const before = world.server.peers.length;
    // The longest delay that the first try may have.
    const random = vi.spyOn(Math, 'random').mockReturnValue(1);
    world.server.peer.cut();
    await until(() => screen.now.reconnectingIn !== null);
    random.mockRestore();
    expect(screen.now).toMatchObject({ connected: false, caughtUp: false, state: 'reconnecting', reason: 'network', reconnectingIn: 1 });
    await screen.act((now) => now.retry());
    await until(() => screen.now.caughtUp);
    expect(world.server.peers).toHaveLength(before + 1);
    expect(screen.now.reconnectingIn).toBeNull();
  });
});
