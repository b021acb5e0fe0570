import { describe, expect, it } from 'vitest';
import { demoEmail, demoPassword } from '../src';
import { codeOf, next, online, order, setting, until } from './setting';

describe('the people of the mocks', () => {
  const now = setting();

  it('sign in, and are known afterwards', async () => {
    const client = await now().client();
    const { user } = await client.auth.login({ email: demoEmail('ada'), password: demoPassword });
    expect(user).toMatchObject({ id: now().idOf('ada'), displayName: 'Ada', email: 'ada@heartline.demo' });
    expect(await client.users.me()).toEqual(user);
    expect(await codeOf(client.auth.login({ email: demoEmail('ada'), password: 'something else' }))).toBe('INVALID_CREDENTIALS');
  });

  it('take somebody new in', async () => {
    const client = await now().client();
    const account = {
      email: 'zoe@example.com',
      password: 'correct horse',
      displayName: 'Zoe',
      birthDate: '1995-05-05',
      gender: 'female',
    } as const;
    const { user } = await client.auth.register(account);
    expect(await client.users.me()).toEqual(user);
    expect((await now().mock.actAs('zoe@example.com', 'correct horse')).userId).toBe(user.id);
  });

  it('like back', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const matched = next(ada, 'match:created');
    expect(await ada.swipes.swipe({ userId: now().idOf('jonas'), action: 'like' })).toMatchObject({ match: null });
    expect((await matched).match.person.displayName).toBe('Jonas');
    await ada.swipes.swipe({ userId: now().idOf('kim'), action: 'pass' });
    await now().mock.settled();
    expect((await ada.matches.matches()).items.map(({ person }) => person.displayName)).toEqual(['Jonas', 'Diego', 'Clara']);
  });

  it('read, type and answer, in this order', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const heard = order(ada, 'message:read', 'typing:started', 'message:created', 'typing:stopped');
    const conversationId = await now().conversationOf(ada, 'clara');
    const sent = await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Yes, I will come.' });
    await now().mock.settled();
    await until(() => heard.includes('typing:stopped'));
    expect(heard).toEqual(['message:created', 'message:read', 'typing:started', 'message:created', 'typing:stopped']);
    const { items } = await ada.messages.history({ conversationId, limit: 2 });
    expect(items[0]).toMatchObject({ senderId: now().idOf('clara'), text: 'Tell me more about that.' });
    expect(items[1]).toEqual(sent);
    const { members } = await ada.conversations.get({ conversationId });
    expect(members.find(({ userId }) => userId === now().idOf('clara'))?.readSeq).toBeGreaterThanOrEqual(sent.seq);
  });

  it('answer a call, and are there until it ends', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const answered = next(ada, 'call:answered');
    const call = await ada.calls.start({ calleeId: now().idOf('clara'), type: 'audio' });
    expect(call.state).toBe('ringing');
    expect((await answered).call).toMatchObject({ id: call.id, state: 'in_progress' });
    await now().mock.clock.advance(10 * 60_000);
    expect(await ada.calls.end({ callId: call.id })).toMatchObject({ state: 'completed', durationSeconds: 600 });
  });

  it('call when they are told to, and when they are asked to', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const ringing = next(ada, 'call:incoming');
    const callId = await now().mock.ring('diego', 'ada', 'audio');
    expect((await ringing).call).toMatchObject({ id: callId, type: 'audio', caller: { displayName: 'Diego' } });
    expect(await ada.calls.accept({ callId })).toMatchObject({ state: 'in_progress' });
    await ada.calls.end({ callId });

    const asked = next(ada, 'call:incoming');
    const conversationId = await now().conversationOf(ada, 'clara');
    await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Can you video call me?' });
    expect((await asked).call).toMatchObject({ type: 'video', caller: { displayName: 'Clara' } });
  });

  it('are left alone when somebody signs in as them', async () => {
    const ada = await now().client('ada');
    const clara = await now().client();
    await clara.auth.login({ email: demoEmail('clara'), password: demoPassword });
    const conversationId = await now().conversationOf(ada, 'clara');
    await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Is it you?' });
    await now().mock.settled();
    expect((await clara.messages.history({ conversationId })).items[0]?.text).toBe('Is it you?');
  });

  it('can be acted as: they call, signal and hear', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const clara = await now().mock.actAs('clara');
    const conversationId = await now().conversationOf(ada, 'clara');

    const typing = next(ada, 'typing:started');
    await clara.emit('typing:started', { conversationId });
    expect(await typing).toEqual({ conversationId, userId: clara.userId });

    const told = clara.next('message:created');
    const sent = await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Hello you' });
    expect(await told).toEqual({ message: sent });
    await expect(clara.call('messages.edit', { messageId: sent.id, text: 'Mine' })).rejects.toMatchObject({ code: 'NOT_MESSAGE_SENDER' });
    await expect(clara.emit('typing:started', { conversationId: sent.id })).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });

    clara.disconnect();
    const call = await ada.calls.start({ calleeId: clara.userId, type: 'audio' });
    await now().mock.settled();
    expect((await ada.calls.get({ callId: call.id })).state).toBe('ringing');
  });
});

describe('the people of the mocks without the bot', () => {
  const now = setting({ bot: false });

  it('do nothing by themselves, and can still be told to call', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const conversationId = await now().conversationOf(ada, 'clara');
    await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Anyone?' });
    await now().mock.settled();
    expect((await ada.messages.history({ conversationId })).items[0]?.text).toBe('Anyone?');

    const ringing = next(ada, 'call:incoming');
    const callId = await now().mock.ring('diego', 'ada');
    expect((await ringing).call).toMatchObject({ id: callId, type: 'video' });
    await expect(now().mock.ring('kim', 'ada')).rejects.toMatchObject({ code: 'NOT_MATCHED' });
  });
});

describe('the people of the mocks, at a pace of their own', () => {
  const now = setting({ botPace: { thinkMs: 0, typeMs: 0, stayMs: 50 } });

  it('leave a while after they have answered, and come back to answer again', async () => {
    const ada = await now().client('ada');
    await online(ada);
    const conversationId = await now().conversationOf(ada, 'clara');
    const clara = now().idOf('clara');
    for (const text of ['Yes, I will come.', 'Are you still there?']) {
      await ada.messages.send({ conversationId, clientId: crypto.randomUUID(), text });
      await now().mock.settled();
      expect((await ada.messages.history({ conversationId, limit: 1 })).items[0]?.senderId).toBe(clara);
      await expect.poll(async () => (await ada.presence.of({ userIds: [clara] })).items[0]?.online, { timeout: 10_000 }).toBe(false);
    }
  });
});
