import {
  defaultPreferences,
  type NotificationKind,
  notificationCategories,
  notificationChannels,
  notificationKinds,
  type Preferences,
} from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notify, tables } from '../src';
import { channelsFor, presentNotificationSettings } from '../src/notifications/preferences';
import { createWorld, type Device, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

type Notice = Parameters<typeof notify>[1];

const tell = (notice: Notice) => world.platform.work.transact((unit) => notify(unit, notice));
const changedPassword = (person: Device, device = 'Firefox on Linux') =>
  tell({ userId: person.userId, kind: 'password_changed', data: { device } });
const requestedBy = (person: Device, actor: Device) =>
  tell({ userId: person.userId, kind: 'friend_requested', data: {}, actorId: actor.userId });
const liked = (person: Device, actor: Device) =>
  tell({ userId: person.userId, kind: 'like_received', data: { count: 1 }, actorId: actor.userId });
const listed = async (person: Device, input: { unread?: boolean; limit?: number; cursor?: string } = {}) =>
  (await person.call('notifications.list', { limit: 20, unread: false, ...input })).items;
const unread = async (person: Device) => (await person.call('notifications.unreadCount', {})).count;

describe('someone who is told something', () => {
  it('finds it in their list and hears of it, once it is committed', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    await requestedBy(ada, ben);
    const expected = {
      kind: 'friend_requested',
      category: 'friends',
      data: {},
      person: { id: ben.userId, displayName: 'Ben' },
      createdAt: world.clock.now.toISOString(),
      readAt: null,
    };
    expect(await listed(ada)).toMatchObject([expected]);
    expect(await world.told(ada)).toMatchObject([expected]);
    expect(await unread(ada)).toBe(1);
    expect(await listed(ben)).toEqual([]);

    await expect(
      world.platform.work.transact(async (unit) => {
        await notify(unit, { userId: ada.userId, kind: 'password_changed', data: { device: 'x' } });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await world.told(ada)).toHaveLength(1);
    expect(await unread(ada)).toBe(1);
  });

  it('reads page after page, the newest first, also of one moment', async () => {
    const ada = await world.join('Ada');
    for (let n = 0; n < 5; n += 1) {
      await changedPassword(ada, `device ${n}`);
      if (n % 2 === 1) world.clock.pass(1);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.call('notifications.list', { limit: 2, unread: false, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ data }) => (data as { device: string }).device));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['device 4', 'device 3', 'device 2', 'device 1', 'device 0']);
    expect(await ada.refusal('notifications.list', { limit: 2, cursor: 'x' })).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  it('hears nothing about people who are gone for them, and sees nothing about them any more', async () => {
    const [ada, ben, cem, dee] = [await world.join('Ada'), await world.join('Ben'), await world.join('Cem'), await world.join('Dee')];
    for (const person of [ben, cem, dee]) await requestedBy(ada, person);
    await changedPassword(ada);
    expect(await unread(ada)).toBe(4);
    await world.block(ada, ben);
    await world.block(cem, ada);
    await world.setStanding(dee, { status: 'banned' });
    expect((await listed(ada)).map(({ kind }) => kind)).toEqual(['password_changed']);
    expect(await unread(ada)).toBe(1);
    for (const person of [ben, cem, dee]) {
      await requestedBy(ada, person);
      await liked(ada, person);
    }
    expect(await world.told(ada)).toHaveLength(4);
    expect(await unread(ada)).toBe(1);
  });

  it('is told nothing while their account cannot be used', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    for (const status of ['suspended', 'banned', 'deleted'] as const) {
      await world.setStanding(ada, { status });
      await changedPassword(ada);
      await requestedBy(ada, ben);
    }
    await world.setStanding(ada, { status: 'active' });
    expect(await world.told(ada)).toEqual([]);
    expect(await listed(ada)).toEqual([]);
  });

  it('has likes gathered in one while it is unread, and is not told whose', async () => {
    const [ada, ben, cem] = [await world.join('Ada'), await world.join('Ben'), await world.join('Cem')];
    await liked(ada, ben);
    await changedPassword(ada);
    world.clock.pass(1);
    await liked(ada, cem);
    expect(await listed(ada)).toMatchObject([{ kind: 'like_received', data: { count: 2 }, person: null }, { kind: 'password_changed' }]);
    const [first, , second] = await world.told(ada);
    expect(second).toMatchObject({ id: first?.id, data: { count: 2 }, person: null });
    await ada.call('notifications.markRead', { notificationId: String(first?.id) });
    await liked(ada, ben);
    expect((await listed(ada)).filter(({ kind }) => kind === 'like_received').map(({ data }) => data)).toEqual([
      { count: 1 },
      { count: 2 },
    ]);
  });

  it('has every like counted, however many come at once', async () => {
    const ada = await world.join('Ada');
    const others = await Promise.all(['Ben', 'Cem', 'Dee', 'Eve'].map((name) => world.join(name)));
    await Promise.all(others.map((other) => liked(ada, other)));
    expect(await listed(ada)).toMatchObject([{ data: { count: 4 } }]);
    expect(await world.database.db.$count(tables.notifications)).toBeGreaterThan(0);
  });
});

describe('reading', () => {
  it('of one is told to the other devices, once', async () => {
    const ada = await world.join('Ada');
    await changedPassword(ada);
    const [notification] = await listed(ada);
    const notificationId = String(notification?.id);
    world.clock.pass(5);
    await ada.call('notifications.markRead', { notificationId });
    await ada.call('notifications.markRead', { notificationId });
    expect(await listed(ada)).toMatchObject([{ id: notificationId, readAt: world.clock.now.toISOString() }]);
    expect(await listed(ada, { unread: true })).toEqual([]);
    expect(await unread(ada)).toBe(0);
    const socket = await ada.connect({ since: 0 });
    const read = () => socket.frames.filter((frame) => 'event' in frame && frame.event === 'notification:read');
    await expect.poll(read).toMatchObject([{ data: { notificationId, upTo: null, readAt: world.clock.now.toISOString() } }]);
    await world.unplug();
  });

  it('of somebody else’s, or of none, is refused and changes nothing', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    await changedPassword(ada);
    const [notification] = await listed(ada);
    for (const notificationId of [String(notification?.id), '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10']) {
      expect(await ben.refusal('notifications.markRead', { notificationId })).toMatchObject({ code: 'NOTIFICATION_NOT_FOUND' });
    }
    await ben.call('notifications.markAllRead', {});
    expect(await unread(ada)).toBe(1);
  });

  it('of all leaves unread what came after the newest that was seen', async () => {
    const ada = await world.join('Ada');
    await changedPassword(ada, 'first');
    const [seen] = await listed(ada);
    world.clock.pass(1);
    await changedPassword(ada, 'second');
    await ada.call('notifications.markAllRead', { upTo: String(seen?.createdAt) });
    expect((await listed(ada, { unread: true })).map(({ data }) => data)).toEqual([{ device: 'second' }]);
    await ada.call('notifications.markAllRead', { upTo: '0000-01-01T00:00:00Z' });
    expect(await unread(ada)).toBe(1);
    await ada.call('notifications.markAllRead', {});
    expect(await unread(ada)).toBe(0);
  });
});

describe('who makes a match', () => {
  it('has the other told of it', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    const matchId = await world.match(ada, ben);
    expect(await listed(ada)).toMatchObject([{ kind: 'match_created', data: { matchId }, person: { id: ben.userId } }]);
  });
});

describe('who is added to a group', () => {
  const added = async (person: Device) => (await listed(person)).filter(({ kind }) => kind === 'group_added');
  const groupOf = (owner: Device, ...others: Device[]) =>
    owner.call('groups.create', { name: 'Climbers', userIds: others.map(({ userId }) => userId) });

  it('is told of it with who did it, and nobody else is', async () => {
    const [ada, ben, cem] = [await world.join('Ada'), await world.join('Ben'), await world.join('Cem')];
    for (const other of [ben, cem]) await world.match(ada, other);
    const { id: conversationId } = await groupOf(ada, ben);
    const expected = { kind: 'group_added', category: 'messages', data: { conversationId, name: 'Climbers' }, person: { id: ada.userId } };
    expect(await added(ben)).toMatchObject([expected]);
    await ada.call('groups.addMembers', { conversationId, userIds: [ben.userId, cem.userId] });
    expect(await added(cem)).toMatchObject([expected]);
    expect(await added(ben)).toHaveLength(1);
    expect(await added(ada)).toEqual([]);
  });

  it('is told once while that is unread, however often they are taken out and put in again', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    await world.match(ada, ben);
    const { id: conversationId } = await groupOf(ada, ben);
    for (let times = 0; times < 3; times += 1) {
      await ada.call('groups.removeMember', { conversationId, userId: ben.userId });
      await ada.call('groups.addMembers', { conversationId, userIds: [ben.userId] });
    }
    expect(await added(ben)).toHaveLength(1);
    const other = await groupOf(ada, ben);
    expect((await added(ben)).map(({ data }) => data)).toMatchObject([{ conversationId: other.id }, { conversationId }]);
  });

  it('hears nothing of it from somebody whom they do not see by then', async () => {
    const [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
    await world.match(ada, ben);
    await groupOf(ada, ben);
    await world.block(ben, ada);
    expect(await added(ben)).toEqual([]);
    expect(await unread(ben)).toBe(0);
  });
});

describe('the channels', () => {
  const kinds = Object.keys(notificationKinds) as NotificationKind[];
  const { push, email, sms } = defaultPreferences.notifications;
  const untouched = { push, email, sms };

  it('of someone who never touched a switch are the defaults of the contract', () => {
    expect(presentNotificationSettings(untouched)).toEqual(defaultPreferences.notifications);
    expect(Object.fromEntries(kinds.map((kind) => [kind, channelsFor(kind, untouched).join()]))).toEqual({
      new_device: 'push,email',
      password_changed: 'push,email',
      warning: 'push,email',
      report_resolved: 'push,email',
      photo_rejected: 'push,email',
      content_removed: 'push,email',
      export_ready: 'push,email',
      friend_requested: 'push',
      friend_accepted: 'push',
      match_created: 'push',
      like_received: 'push',
      call_missed: 'push',
      group_added: 'push',
      message_received: 'push',
    });
  });

  it('that are off altogether carry only what is always sent', () => {
    const none = { push: false, email: false, sms: false };
    for (const kind of kinds) {
      const standards = Object.entries(notificationCategories[notificationKinds[kind].category]);
      const always = standards.filter(([, standard]) => standard === 'always').map(([channel]) => channel);
      expect([kind, channelsFor(kind, none)]).toEqual([kind, notificationChannels.filter((channel) => always.includes(channel))]);
    }
  });

  it('can be switched by category, and what was never touched stays with the default', async () => {
    const ada = await world.join('Ada');
    const change = { sms: true, categories: { likes: { push: false, email: true }, security: { sms: true } } };
    const after: Preferences = await ada.call('users.updatePreferences', { notifications: change });
    expect(after.notifications.categories).toEqual({
      ...defaultPreferences.notifications.categories,
      likes: { push: false, email: true },
      security: { sms: true },
    });
    await ada.call('users.updatePreferences', { notifications: { categories: { likes: { push: true } } } });
    const [row] = (await world.database.db.select().from(tables.preferences)).filter(({ userId }) => userId === ada.userId);
    expect(row?.notifications).toEqual({
      push: true,
      email: true,
      sms: true,
      categories: { likes: { push: true, email: true }, security: { sms: true } },
    });
  });

  it.each([
    ['a channel that a category never uses', { categories: { messages: { sms: true } } }],
    ['a channel that is always used', { categories: { security: { email: false } } }],
    ['a category that is not there', { categories: { weather: { push: true } } }],
    ['a time that is none', { quietHours: { from: '24:00', to: '07:00', timeZone: 'Europe/Lisbon' } }],
    ['a time zone that is none', { quietHours: { from: '22:00', to: '07:00', timeZone: 'Atlantis/Capital' } }],
  ])('refuse %s', async (_what, notifications) => {
    const ada = await world.join('Ada');
    expect(await ada.refusal('users.updatePreferences', { notifications } as never)).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await ada.call('users.preferences', {})).toEqual(defaultPreferences);
  });
});
