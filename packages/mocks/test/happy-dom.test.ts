// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { next, online, setting } from './setting';

describe('in happy-dom', () => {
  const now = setting();

  it('serves the SDK by XMLHttpRequest and the WebSocket of the page', async () => {
    expect(typeof XMLHttpRequest).toBe('function');
    const ada = await now().client('ada', { axios: { adapter: 'xhr' } });
    await online(ada);
    const answered = next(ada, 'typing:started');
    const conversationId = await now().conversationOf(ada, 'clara');
    await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Hello' });
    expect(await answered).toMatchObject({ conversationId });
    expect((await ada.users.me()).displayName).toBe('Ada');
  });
});
