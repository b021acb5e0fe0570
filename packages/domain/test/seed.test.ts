import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actAs, demoEmail, demoPassword, isEmpty, personas, seedDemo } from '../src/seed';
import { createWorld, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld({ limits: 'real' });
});
afterAll(() => world.close());

describe('the demo', () => {
  it('is made once, on a database without anybody', async () => {
    expect(await isEmpty(world.platform)).toBe(true);
    await seedDemo(world.platform);
    expect(await isEmpty(world.platform)).toBe(false);
  });

  it('has people to sign in as, with matches, messages and somebody new to see', async () => {
    const ada = await world.signIn({ email: demoEmail('ada'), password: demoPassword });
    const { items: matches } = await ada.call('matches.matches', { status: 'active', limit: 10 });
    expect(matches.map(({ person }) => person.displayName).sort()).toEqual(['Clara', 'Diego']);
    const { items: conversations } = await ada.call('conversations.list', { limit: 10 });
    expect(conversations.map(({ person, unreadCount, lastMessage }) => [person?.displayName, unreadCount, lastMessage?.text])).toEqual(
      expect.arrayContaining([
        ['Clara', 2, 'Want to come?'],
        ['Diego', 1, 'It is both. My shift ends at six in the morning.'],
      ]),
    );
    const { items: people } = await ada.call('discovery.discover', { limit: 100 });
    expect(people).toHaveLength(personas.length - 3);
    // The nearest first: Hugo lives down the coast.
    expect(people.map(({ displayName }) => displayName).slice(0, 2)).toEqual(['Hugo', 'Inês']);
    expect(people[0]?.distanceKm).toBeGreaterThan(10);
    expect(people[0]?.distanceKm).toBeLessThan(30);
    // Ben is the other one to sign in as: he likes her already.
    const ben = people.find(({ displayName }) => displayName === 'Ben');
    expect(await ada.call('swipes.swipe', { userId: ben?.id ?? '', action: 'like' })).toMatchObject({
      match: { person: { displayName: 'Ben' } },
    });
  });

  it('has people who are not here, and were: whoever wrote just now', async () => {
    const ada = await world.signIn({ email: demoEmail('ada'), password: demoPassword });
    const { items: matches } = await ada.call('matches.matches', { status: 'active', limit: 10 });
    const { items } = await ada.call('presence.of', { userIds: matches.map(({ person }) => person.id) });
    const { items: conversations } = await ada.call('conversations.list', { limit: 10 });
    expect(items.length).toBeGreaterThanOrEqual(2);
    for (const { userId, online, lastSeenAt } of items) {
      expect([userId, online, lastSeenAt]).toEqual([userId, false, expect.any(String)]);
      const said = conversations.find(({ person, lastMessage }) => person?.id === userId && lastMessage?.senderId === userId)?.lastMessage;
      expect(Date.parse(lastSeenAt ?? '')).toBeGreaterThanOrEqual(Date.parse(said?.createdAt ?? '1970-01-01T00:00:00.000Z'));
    }
  });

  it('has a group with a picture, a photo and a voice message in it', async () => {
    const ada = await world.signIn({ email: demoEmail('ada'), password: demoPassword });
    const { items: conversations } = await ada.call('conversations.list', { limit: 10 });
    const group = conversations.find(({ kind }) => kind === 'group');
    expect(group).toMatchObject({ memberCount: 3, role: 'owner', picture: { width: 360, height: 480 } });
    const { items } = await ada.call('messages.history', { conversationId: group?.id ?? '', limit: 20 });
    const sent = items.flatMap(({ media }) => media ?? []);
    expect(sent).toMatchObject([{ kind: 'audio', contentType: 'audio/wav', durationMs: 4000 }, { kind: 'image' }]);
    expect(Math.max(...(sent[0]?.waveform ?? []))).toBe(100);
    expect(sent.every(({ size }) => size < 200_000)).toBe(true);
  });

  it('has a moderator with reports to look at, an owner, and neither of them among the people to meet', async () => {
    const mona = await world.signIn({ email: demoEmail('mona'), password: demoPassword });
    const { items } = await mona.call('admin.reports', { limit: 20 });
    expect(items.map(({ priority, reported }) => [priority, reported.displayName])).toEqual([
      ['high', 'Farid'],
      ['normal', 'Hugo'],
      ['low', 'Jonas'],
      ['low', 'Jonas'],
    ]);
    const olga = await world.signIn({ email: demoEmail('olga'), password: demoPassword });
    expect(await olga.call('users.me', {})).toMatchObject({ role: 'owner' });
    const kim = await world.signIn({ email: demoEmail('kim'), password: demoPassword });
    const { items: people } = await kim.call('discovery.discover', { limit: 100 });
    expect(people.filter(({ displayName }) => ['Mona', 'Olga'].includes(displayName))).toEqual([]);
  });

  it('leaves nobody signed in', async () => {
    const clara = await world.signIn({ email: demoEmail('clara'), password: demoPassword });
    expect((await clara.call('auth.listSessions', {})).items).toHaveLength(1);
  });

  it('lets a program act for somebody, and says what went wrong', async () => {
    const ben = await actAs(world.platform, demoEmail('ben'));
    expect(await ben.call('users.me', {})).toMatchObject({ displayName: 'Ben' });
    await expect(ben.call('swipes.swipe', { userId: ben.userId, action: 'like' })).rejects.toThrow('CANNOT_TARGET_SELF');
    await expect(actAs(world.platform, 'nobody@heartline.demo')).rejects.toThrow('nobody@heartline.demo');
  });
});
