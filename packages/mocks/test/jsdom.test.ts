// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { mailTo, next, online, setting } from './setting';

describe('in jsdom', () => {
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

  it('mails links that lead back to the page', async () => {
    const client = await now().client();
    const about = { displayName: 'Lea', birthDate: '1996-04-23', gender: 'female', password: 'a good long password' } as const;
    await client.auth.register({ email: 'lea@example.com', ...about });
    expect(location.origin).toMatch(/^http/);
    expect(await mailTo(client, 'lea@example.com')).toContain(`${location.origin}/verify-email?token=`);
  });
});
