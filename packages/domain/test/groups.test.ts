import { type Conversation, erasureDays, maxGroupMembers, type Photo } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryMedia, tables } from '../src';
import { png } from './pictures';
import { createWorld, type Device, type World } from './world';

const store = memoryMedia('https://media.test');
let world: World;
/** The tokens of the phones that something was pushed to. */
const pushed: string[] = [];
beforeAll(async () => {
  world = await createWorld({
    ports: {
      media: store,
      push: {
        async send(messages) {
          pushed.push(...messages.map(({ token }) => token));
          return messages.map(() => ({ status: 'sent', ticket: null }));
        },
        receipts: async () => new Map(),
      },
    },
  });
});
afterAll(() => world.close());

/** Ada, and two with whom she is matched and who do not know each other. */
async function three() {
  const [ada, ben, cleo] = [await world.join('Ada'), await world.join('Ben', { gender: 'male' }), await world.join('Cleo')];
  await world.match(ada, ben);
  await world.match(ada, cleo);
  return { ada, ben, cleo };
}

/** A group of the three that Ada has made. */
async function grouped() {
  const people = await three();
  const { ada, ben, cleo } = people;
  const { id: conversationId } = await ada.call('groups.create', { name: 'Climbers', userIds: [ben.userId, cleo.userId] });
  return { ...people, conversationId };
}

function say(from: Device, conversationId: string, text = 'Hello') {
  return from.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text });
}

async function notes(of: Device, conversationId: string) {
  const { items } = await of.call('messages.history', { conversationId, limit: 100 });
  return items.flatMap(({ system, senderId }) => (system === null ? [] : [{ by: senderId, ...system }])).reverse();
}

async function rolesIn(of: Device, conversationId: string): Promise<Record<string, string>> {
  const { items } = await of.call('groups.members', { conversationId, limit: 100 });
  return Object.fromEntries(items.map(({ userId, role }) => [userId, role]));
}

const seen = (of: Device, conversationId: string) => of.call('conversations.get', { conversationId });

/** Makes someone known to Ada, without the swipes. */
async function befriend(one: Device, others: readonly string[]) {
  await world.database.db
    .insert(tables.friends)
    .values(others.map((friendId) => ({ userId: one.userId, friendId, requestId: crypto.randomUUID(), createdAt: world.clock.now })));
}

describe('a group', () => {
  it('is made of people its owner knows; each sees it in their own view, and what happened', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    const view = { id: conversationId, kind: 'group', name: 'Climbers', person: null, memberCount: 3, open: true };
    expect(await seen(ada, conversationId)).toMatchObject({ ...view, role: 'owner', members: [{ userId: ada.userId }], lastSender: null });
    expect(await seen(ben, conversationId)).toMatchObject({ ...view, role: 'member', lastSender: { id: ada.userId }, unreadCount: 0 });
    expect((await cleo.call('conversations.list', { limit: 10 })).items).toMatchObject([view]);
    expect((await world.heard(cleo)).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['message:created', 'conversation:updated']),
    );
    expect(await notes(ben, conversationId)).toEqual([{ by: ada.userId, type: 'created', name: 'Climbers' }]);
    expect(await rolesIn(cleo, conversationId)).toEqual({ [ada.userId]: 'owner', [ben.userId]: 'member', [cleo.userId]: 'member' });
  });

  it('takes nobody its maker does not know, sees no more of, or who is gone, and says whom', async () => {
    const { ada, ben, cleo } = await three();
    const eve = await world.join('Eve');
    const make = (userIds: string[]) => ada.refusal('groups.create', { name: 'Climbers', userIds });
    expect(await make([ben.userId, eve.userId])).toMatchObject({ code: 'CANNOT_BE_ADDED', details: { userIds: [eve.userId] } });
    await world.block(cleo, ada);
    expect(await make([cleo.userId])).toMatchObject({ code: 'CANNOT_BE_ADDED', details: { userIds: [cleo.userId] } });
    await world.setStanding(ben, { status: 'banned' });
    expect(await make([ben.userId])).toMatchObject({ code: 'CANNOT_BE_ADDED' });
    expect(await make([ada.userId])).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ path: 'userIds' }] } });
    expect((await ada.call('conversations.list', { limit: 10 })).items).toEqual([]);
  });

  it('brings what one says to everyone else, counted unread for each until they read it, and tells all who has', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    const sent = await say(ben, conversationId, 'Up we go');
    for (const hearer of [ada, ben, cleo]) {
      expect((await world.heard(hearer)).at(-1)).toMatchObject({ event: 'message:created', data: { message: { id: sent.id } } });
    }
    expect([await seen(ada, conversationId), await seen(ben, conversationId), await seen(cleo, conversationId)]).toMatchObject([
      { unreadCount: 1, lastSender: { displayName: 'Ben' } },
      { unreadCount: 0, lastSender: null },
      { unreadCount: 1 },
    ]);
    await cleo.call('conversations.markRead', { conversationId, seq: sent.seq });
    expect((await world.heard(ben)).at(-1)).toMatchObject({ event: 'message:read', data: { userId: cleo.userId, readSeq: sent.seq } });
    const { items } = await ada.call('groups.members', { conversationId, limit: 100, userIds: [cleo.userId] });
    expect(items).toMatchObject([{ userId: cleo.userId, readSeq: sent.seq, isIn: true, person: { displayName: 'Cleo' } }]);
    expect(await cleo.call('users.statistics', {})).toMatchObject({ messagesReceived: 1, conversations: 1 });
  });

  it('says of each who is in it how far what is sent has come to them, and since when it was for them', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    const dora = await world.join('Dora');
    await befriend(ada, [dora.userId]);
    const early = await say(ada, conversationId, 'Before Dora');
    await ada.call('groups.addMembers', { conversationId, userIds: [dora.userId] });
    const { seq } = await say(ada, conversationId, 'To all');
    await ben.call('conversations.markRead', { conversationId, seq });
    await cleo.call('conversations.markDelivered', { items: [{ conversationId, seq }] });
    const places = async (of: Device) =>
      new Map((await of.call('groups.members', { conversationId, limit: 10 })).items.map((member) => [member.userId, member]));
    const seenByAda = await places(ada);
    expect(seenByAda.get(ben.userId)).toMatchObject({ joinedSeq: 0, readSeq: seq, deliveredSeq: seq });
    expect(seenByAda.get(cleo.userId)).toMatchObject({ joinedSeq: 0, readSeq: 0, deliveredSeq: seq });
    expect(seenByAda.get(dora.userId)).toMatchObject({ joinedSeq: early.seq, readSeq: early.seq, deliveredSeq: early.seq });
    // When somebody looks at their phone is not for whom they have blocked, nor the other way round.
    await ben.call('blocks.block', { userId: ada.userId });
    const hidden = { person: null, readSeq: null, deliveredSeq: null };
    expect((await places(ada)).get(ben.userId)).toMatchObject(hidden);
    expect((await places(ben)).get(ada.userId)).toMatchObject(hidden);
    const next = await say(cleo, conversationId, 'Up we go');
    await ben.call('conversations.markRead', { conversationId, seq: next.seq });
    const reads = async (who: Device) =>
      (await world.heard(who)).some(
        ({ event, data }) => event === 'message:read' && data.userId === ben.userId && data.readSeq === next.seq,
      );
    expect([await reads(ada), await reads(cleo), await reads(ben)]).toEqual([false, true, true]);
  });

  it('outlives the match of two who are in it, and hides one from another who has blocked them without taking their words', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    const { items } = await ada.call('matches.matches', { status: 'active', limit: 10 });
    for (const { id: matchId } of items) await ada.call('matches.unmatch', { matchId });
    await ben.call('blocks.block', { userId: ada.userId });
    await say(ada, conversationId, 'Still here');
    expect(await seen(ben, conversationId)).toMatchObject({ lastMessage: { text: 'Still here' }, lastSender: null, unreadCount: 1 });
    expect(await seen(cleo, conversationId)).toMatchObject({ lastSender: { id: ada.userId } });
    const person = async (of: Device, userId: string) =>
      (await of.call('groups.members', { conversationId, limit: 10, userIds: [userId] })).items[0]?.person;
    expect([await person(ben, ada.userId), await person(ada, ben.userId)]).toEqual([null, null]);
    expect(await person(cleo, ada.userId)).toMatchObject({ displayName: 'Ada' });
  });

  it('does not make a device that missed something start anew because somebody in it is hidden', async () => {
    const { ada, ben, conversationId } = await grouped();
    await ben.call('blocks.block', { userId: ada.userId });
    const since = (await world.heard(ben)).at(-1)?.seq ?? 0;
    await say(ada, conversationId);
    expect(await ben.call('realtime.resume', { since, limit: 10 })).toMatchObject({ reset: false, items: [{ event: 'message:created' }] });
  });

  it('lets its owner and admins name it and choose who is in it, each as far as their role goes', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    const low = { code: 'GROUP_ROLE_TOO_LOW', status: 403, details: { role: 'member' } };
    expect(await ben.refusal('groups.update', { conversationId, name: 'Bens' })).toMatchObject(low);
    expect(await ben.refusal('groups.removeMember', { conversationId, userId: cleo.userId })).toMatchObject(low);
    expect(await ben.refusal('groups.setRole', { conversationId, userId: cleo.userId, role: 'admin' })).toMatchObject(low);
    expect(await ada.call('groups.setRole', { conversationId, userId: ben.userId, role: 'admin' })).toMatchObject({ role: 'owner' });
    expect(await ben.call('groups.update', { conversationId, name: 'Bens' })).toMatchObject({ name: 'Bens', role: 'admin' });
    expect(await ben.refusal('groups.removeMember', { conversationId, userId: ada.userId })).toMatchObject({
      code: 'GROUP_ROLE_TOO_LOW',
      details: { role: 'admin' },
    });
    expect(await ada.refusal('groups.removeMember', { conversationId, userId: ada.userId })).toMatchObject({ code: 'CANNOT_TARGET_SELF' });
    expect(await ada.call('groups.setRole', { conversationId, userId: ben.userId, role: 'owner' })).toMatchObject({ role: 'admin' });
    expect(await rolesIn(ada, conversationId)).toEqual({ [ada.userId]: 'admin', [ben.userId]: 'owner', [cleo.userId]: 'member' });
    expect((await notes(cleo, conversationId)).slice(1)).toEqual([
      { by: ada.userId, type: 'role_changed', userId: ben.userId, role: 'admin' },
      { by: ben.userId, type: 'renamed', name: 'Bens' },
      { by: ada.userId, type: 'role_changed', userId: ben.userId, role: 'owner' },
    ]);
  });

  it('is gone for who is removed, what was written before included; added again, they begin anew', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    const before = await say(ben, conversationId, 'Before');
    expect(await ada.call('groups.removeMember', { conversationId, userId: ben.userId })).toMatchObject({ memberCount: 2 });
    expect((await world.heard(ben)).at(-1)).toMatchObject({ event: 'conversation:removed', data: { conversationId } });
    const heard = (await world.heard(ben)).length;
    await say(cleo, conversationId, 'Without Ben');
    expect(await world.heard(ben)).toHaveLength(heard);
    const calls: [string, object][] = [
      ['conversations.get', { conversationId }],
      ['conversations.markRead', { conversationId, seq: 1 }],
      ['conversations.mute', { conversationId, until: null }],
      ['messages.history', { conversationId }],
      ['messages.send', { conversationId, clientId: crypto.randomUUID(), text: 'Hi' }],
      ['groups.members', { conversationId }],
      ['groups.leave', { conversationId }],
    ];
    for (const [endpoint, input] of calls) expect(await ben.refusal(endpoint, input)).toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    expect(await ben.refusal('messages.delete', { messageId: before.id })).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
    expect((await ben.call('conversations.list', { limit: 10 })).items).toEqual([]);
    // Done again it changes nothing.
    expect(await ada.call('groups.removeMember', { conversationId, userId: ben.userId })).toMatchObject({ memberCount: 2 });

    await ada.call('groups.addMembers', { conversationId, userIds: [ben.userId, cleo.userId] });
    await say(cleo, conversationId, 'Welcome back');
    const { items } = await ben.call('messages.history', { conversationId, limit: 100 });
    expect(items.map(({ text, system }) => text ?? system?.type)).toEqual(['Welcome back', 'added']);
    expect(await seen(ben, conversationId)).toMatchObject({ memberCount: 3, unreadCount: 1, role: 'member' });
    const old = { conversationId, clientId: crypto.randomUUID(), text: 'Re', replyTo: before.id };
    expect(await ben.refusal('messages.send', old)).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
  });

  it('goes to the admin who was there first when its owner leaves, and closes with the last one', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    await ada.call('groups.setRole', { conversationId, userId: cleo.userId, role: 'admin' });
    await ada.call('groups.leave', { conversationId });
    expect(await rolesIn(ben, conversationId)).toEqual({ [cleo.userId]: 'owner', [ben.userId]: 'member' });
    expect((await notes(ben, conversationId)).slice(-2)).toEqual([
      { by: ada.userId, type: 'left' },
      { by: ada.userId, type: 'role_changed', userId: cleo.userId, role: 'owner' },
    ]);
    await cleo.call('groups.leave', { conversationId });
    expect(await seen(ben, conversationId)).toMatchObject({ role: 'owner', memberCount: 1 });
    await ben.call('groups.leave', { conversationId });
    const [row] = await world.database.db.select().from(tables.conversations).where(eq(tables.conversations.id, conversationId));
    expect(row).toMatchObject({ open: false, memberCount: 0 });
  });

  it('is left by who deletes their account, is handed over then, and keeps their words', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    await say(ada, conversationId, 'Of Ada');
    await ada.call('users.deleteMe', { password: ada.password });
    await world.platform.jobs.runDue();
    expect(await rolesIn(cleo, conversationId)).toEqual({ [ben.userId]: 'owner', [cleo.userId]: 'member' });
    expect((await notes(ben, conversationId)).at(-2)).toEqual({ by: ada.userId, type: 'left' });
    const { items } = await ben.call('messages.history', { conversationId, limit: 100 });
    expect(items.map(({ text }) => text)).toContain('Of Ada');
    const asked = await ben.call('groups.members', { conversationId, limit: 10, userIds: [ada.userId] });
    expect(asked.items).toMatchObject([{ person: null, isIn: false }]);
  });

  it('holds as many people as it can and no more', async () => {
    const { ada, conversationId } = await grouped();
    const [someone] = await world.database.db.select().from(tables.users).where(eq(tables.users.id, ada.userId));
    const [profile] = await world.database.db.select().from(tables.profiles).where(eq(tables.profiles.userId, ada.userId));
    const [wishes] = await world.database.db.select().from(tables.preferences).where(eq(tables.preferences.userId, ada.userId));
    if (!someone || !profile || !wishes) throw new Error('Ada is not there.');
    const ids = Array.from({ length: maxGroupMembers - 2 }, () => world.platform.kernel.newId());
    const nobody = { emailHash: null, emailSealed: null, phoneHash: null, phoneSealed: null };
    await world.database.db.insert(tables.users).values(ids.map((id) => ({ ...someone, ...nobody, id })));
    await world.database.db.insert(tables.profiles).values(ids.map((userId) => ({ ...profile, userId })));
    await world.database.db.insert(tables.preferences).values(ids.map((userId) => ({ ...wishes, userId })));
    await world.database.db.insert(tables.syncHeads).values(ids.map((userId) => ({ userId })));
    await befriend(ada, ids);
    const full = { code: 'GROUP_FULL', status: 409, details: { max: maxGroupMembers } };
    expect(await ada.refusal('groups.addMembers', { conversationId, userIds: ids })).toMatchObject(full);
    expect(await ada.call('groups.addMembers', { conversationId, userIds: ids.slice(1) })).toMatchObject({ memberCount: maxGroupMembers });
    expect(await ada.refusal('groups.addMembers', { conversationId, userIds: ids.slice(0, 1) })).toMatchObject(full);
    const sent = await say(ada, conversationId, 'To all');
    const heard = await world.database.db
      .select()
      .from(tables.syncLog)
      .where(eq(tables.syncLog.userId, ids.at(-1) ?? ''));
    expect(heard.at(-1)?.data).toContain(sent.id);
    const first = await ada.call('groups.members', { conversationId, limit: 100 });
    const second = await ada.call('groups.members', { conversationId, limit: 100, cursor: first.nextCursor ?? '' });
    const third = await ada.call('groups.members', { conversationId, limit: 100, cursor: second.nextCursor ?? '' });
    const listed = [first, second, third].flatMap(({ items }) => items.map(({ userId }) => userId));
    expect([new Set(listed).size, third.nextCursor]).toEqual([maxGroupMembers, null]);
  });

  it('says of what it is not', async () => {
    const { ada, ben } = await three();
    const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
    for (const [endpoint, more] of [
      ['groups.update', { name: 'Two' }],
      ['groups.members', {}],
      ['groups.leave', {}],
    ] as const) {
      expect(await ada.refusal(endpoint, { conversationId, ...more })).toMatchObject({ code: 'NOT_A_GROUP' });
    }
  });

  it('does not let what happened be edited or deleted', async () => {
    const { ada, conversationId } = await grouped();
    const messageId = (await seen(ada, conversationId)).lastMessage?.id;
    expect(await ada.refusal('messages.edit', { messageId, text: 'Not so' })).toMatchObject({ code: 'NOT_MESSAGE_SENDER' });
    expect(await ada.refusal('messages.delete', { messageId })).toMatchObject({ code: 'NOT_MESSAGE_SENDER' });
  });
});

describe('who does not want to be told', () => {
  const tokenOf = ({ userId }: Device) => `token-of-${userId}`;
  const told = (of: Device) => pushed.filter((token) => token === tokenOf(of)).length;

  it('mutes for a while or until they say otherwise, or puts it away: everyone else is told of what is said', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    for (const one of [ben, cleo]) await one.call('users.addPushToken', { token: tokenOf(one), provider: 'fcm', platform: 'android' });
    // Of their matches they were told as well.
    await world.platform.jobs.runDue();
    pushed.length = 0;
    const until = new Date(world.clock.now.getTime() + 60_000).toISOString();
    const past = world.clock.now.toISOString();
    expect(await ben.refusal('conversations.mute', { conversationId, until: past })).toMatchObject({
      details: { issues: [{ path: 'until' }] },
    });
    expect(await ben.call('conversations.mute', { conversationId, until })).toMatchObject({ muted: { until } });
    expect((await world.heard(ben)).at(-1)).toMatchObject({ event: 'conversation:updated', data: { conversation: { muted: { until } } } });
    const say3 = async () => {
      await say(ada, conversationId);
      await world.platform.jobs.runDue();
      return [told(ben), told(cleo)];
    };
    expect(await say3()).toEqual([0, 1]);
    world.clock.pass(61);
    expect((await seen(ben, conversationId)).muted).toBeNull();
    expect(await say3()).toEqual([1, 2]);
    await ben.call('conversations.mute', { conversationId, until: null });
    expect(await say3()).toEqual([1, 3]);
    expect(await ben.call('conversations.unmute', { conversationId })).toMatchObject({ muted: null });
    expect(await ben.call('conversations.archive', { conversationId })).toMatchObject({ archived: true });
    expect(await say3()).toEqual([1, 4]);
    expect((await ben.call('conversations.list', { limit: 10 })).items).toEqual([]);
    expect((await ben.call('conversations.list', { limit: 10, archived: true })).items).toMatchObject([
      { id: conversationId, unreadCount: 4 },
    ]);
    expect(await ben.call('conversations.unarchive', { conversationId })).toMatchObject({ archived: false });
    expect(await say3()).toEqual([2, 5]);
  });
});

describe('the picture of a group', () => {
  async function give(by: Device, conversationId: string, bytes = png()) {
    const { accessToken: token } = by.tokens;
    const answer = await world.send({ endpoint: 'groups.setPicture', input: { conversationId }, token, origin: by.origin, file: bytes });
    return answer.ok ? (answer.data as Conversation) : answer.failure;
  }
  async function picture(by: Device, conversationId: string, bytes?: Uint8Array): Promise<Photo> {
    const group = await give(by, conversationId, bytes);
    if (!('picture' in group) || group.picture === null) throw new Error(JSON.stringify(group));
    return group.picture;
  }
  const fileOf = (photo: Photo) => store.file(new URL(photo.urls.large).pathname.slice(1));
  const run = () => world.platform.jobs.runDue();

  it('is set and taken away by its owner and admins, told to everyone in it, and written down', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    expect((await seen(ben, conversationId)).picture).toBeNull();
    expect(await give(ben, conversationId)).toMatchObject({ code: 'GROUP_ROLE_TOO_LOW' });
    expect(await give(await world.join('Eve'), conversationId)).toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    const first = await picture(ada, conversationId);
    expect(first).toMatchObject({ width: 60, height: 80 });
    expect(fileOf(first)).toBeDefined();
    expect(await seen(cleo, conversationId)).toMatchObject({ picture: first, pictureBy: ada.userId });
    expect((await world.heard(cleo)).at(-1)).toMatchObject({ event: 'conversation:updated', data: { conversation: { picture: first } } });
    await ada.call('groups.setRole', { conversationId, userId: ben.userId, role: 'admin' });
    const second = await picture(ben, conversationId);
    await run();
    expect([fileOf(first), fileOf(second) !== undefined]).toEqual([undefined, true]);
    expect(await ben.call('groups.removePicture', { conversationId })).toMatchObject({ picture: null });
    expect(await ben.call('groups.removePicture', { conversationId })).toMatchObject({ picture: null });
    await run();
    expect(fileOf(second)).toBeUndefined();
    expect((await notes(cleo, conversationId)).filter(({ type }) => type.startsWith('picture'))).toEqual([
      { by: ada.userId, type: 'picture_set' },
      { by: ben.userId, type: 'picture_set' },
      { by: ben.userId, type: 'picture_removed' },
    ]);
  });

  it('is the same one where the same is sent again, and is not what was refused', async () => {
    const { ada, conversationId } = await grouped();
    const bytes = png();
    const first = await picture(ada, conversationId, bytes);
    expect(await picture(ada, conversationId, bytes)).toEqual(first);
    expect(await give(ada, conversationId, new TextEncoder().encode('<svg/>'))).toMatchObject({ code: 'FILE_TYPE_NOT_ALLOWED' });
    world.clock.pass(2 * 3600);
    await run();
    expect(fileOf(first)).toBeDefined();
    expect((await notes(await world.signIn(ada), conversationId)).filter(({ type }) => type.startsWith('picture'))).toHaveLength(1);
  });

  it('is told to nobody who has left, and goes with the last one', async () => {
    const { ada, ben, cleo, conversationId } = await grouped();
    await picture(ada, conversationId);
    await ada.call('groups.removeMember', { conversationId, userId: ben.userId });
    const before = (await world.heard(ben)).length;
    const second = await picture(ada, conversationId);
    expect(await world.heard(ben)).toHaveLength(before);
    expect(await ben.refusal('conversations.get', { conversationId })).toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    for (const one of [cleo, ada]) await one.call('groups.leave', { conversationId });
    await run();
    expect(fileOf(second)).toBeUndefined();
  });

  it('goes when the account of who set it is erased, though they have left before', async () => {
    const { ada, ben, conversationId } = await grouped();
    const shown = await picture(ada, conversationId);
    await ada.call('groups.leave', { conversationId });
    await ada.call('users.deleteMe', { password: ada.password });
    await run();
    expect((await seen(ben, conversationId)).picture).toEqual(shown);
    world.clock.pass(erasureDays * 86_400);
    for (let times = 0; times < 3; times += 1) await run();
    expect((await seen(await world.signIn(ben), conversationId)).picture).toBeNull();
    expect(fileOf(shown)).toBeUndefined();
  });

  it('can be reported by those who see it, as of whoever set it, and is taken down', async () => {
    const { ada, ben, conversationId } = await grouped();
    const mona = await world.join('Mona');
    await world.setStanding(mona, { role: 'moderator' });
    const shown = await picture(ada, conversationId);
    const evidence = { messageIds: [], opened: [], photoIds: [shown.id] };
    const about = { category: 'nudity', text: '', alsoBlock: false, evidence } as const;
    const eve = await world.join('Eve');
    await world.match(eve, ada);
    expect(await eve.refusal('reports.report', { userId: ada.userId, ...about })).toMatchObject({ code: 'EVIDENCE_REFUSED' });
    const { id: reportId } = await ben.call('reports.report', { userId: ada.userId, ...about });
    await mona.call('admin.resolveReport', { reportId, outcome: 'content_removed', note: '', alsoOthers: false });
    await run();
    expect((await seen(ben, conversationId)).picture).toBeNull();
    expect(fileOf(shown)).toBeUndefined();
    const { photos } = await mona.call('admin.report', { reportId });
    expect(photos.map(({ ready, photo }) => [ready, fileOf(photo) !== undefined])).toEqual([[true, true]]);
  });
});
