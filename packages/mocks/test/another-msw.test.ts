import type { EventMap } from '@app/api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setupMockServer } from '../src/node';
import { next, online, setting } from './setting';

describe('where another server of MSW listens as well', () => {
  const other = setupMockServer();
  beforeAll(() => other.listen({ onUnhandledRequest: 'bypass' }));
  afterAll(() => other.close());
  const now = setting({ bot: false });

  it('takes a socket once', async () => {
    const [ada, clara] = [await now().client('ada'), await now().client('clara')];
    const conversationId = await now().conversationOf(ada, 'clara');
    await online(ada);
    await online(clara);
    const heard: EventMap['typing:started'][] = [];
    ada.realtime.on('typing:started', (typing) => heard.push(typing));
    await clara.realtime.emit('typing:started', { conversationId });
    const stopped = next(ada, 'typing:stopped');
    await clara.realtime.emit('typing:stopped', { conversationId });
    await stopped;
    expect(heard).toEqual([expect.objectContaining({ conversationId, userId: now().idOf('clara') })]);
  });
});
