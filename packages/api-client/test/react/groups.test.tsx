// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { ApiClient, Conversation, GroupMember, Message, Person, SystemNote } from '../../src/index';
import { useChat, useConversations, useGroup, useReceipts } from '../../src/react/index';
import { caughtUp } from './chats';
import { show, until } from './screen';
import { moment, newId, people, startWorld } from './world';

const cleo: Person = { ...people.ben, id: newId(), displayName: 'Cleo' };

/** A group of Ada, Ben and Cleo, as Ada sees it. */
async function grouped() {
  const world = await startWorld();
  const id = newId();
  const begun = moment();
  const inside = new Map<string, GroupMember>(
    [people.ada, people.ben, cleo].map((person): [string, GroupMember] => [
      person.id,
      {
        userId: person.id,
        person,
        role: person === people.ada ? 'owner' : 'member',
        joinedAt: begun,
        joinedSeq: 0,
        isIn: true,
        readSeq: 1,
        deliveredSeq: 1,
      },
    ]),
  );
  let group: Conversation = {
    id,
    kind: 'group',
    name: 'Climbers',
    person: null,
    members: [{ userId: people.ada.id, readSeq: 1, deliveredSeq: 1 }],
    memberCount: 3,
    role: 'owner',
    open: true,
    encryptedAt: null,
    lastMessage: null,
    lastSender: null,
    picture: null,
    pictureBy: null,
    unreadCount: 0,
    muted: null,
    archived: false,
    draft: null,
    createdAt: begun,
    lastActivityAt: begun,
  };
  const change = (to: Partial<Conversation>) => {
    group = { ...group, ...to };
    world.tell('conversation:updated', ['ada'], () => ({ conversation: group }));
    return group;
  };
  let seq = 1;
  function say(senderId: string, text: string | null, system: SystemNote | null = null): Message {
    seq += 1;
    const ids = { id: newId(), conversationId: id, clientId: crypto.randomUUID(), seq, senderId };
    const kind = system === null ? ('text' as const) : ('system' as const);
    const unchanged = { revision: 0, reactions: [], ownReaction: null, pinnedAt: null, editedAt: null, deletedAt: null };
    const message = { ...ids, ...unchanged, kind, text, envelope: null, system, media: null, replyTo: null, createdAt: moment() };
    said.unshift(message);
    world.tell('message:created', ['ada'], () => ({ message }));
    return message;
  }
  const said: Message[] = [];
  world.server.on('conversations.get', () => group);
  world.server.on('messages.history', () => ({ items: said, nextCursor: null, previousCursor: null }));
  world.server.on('conversations.list', ({ input }) => ({
    items: (String(input.archived) === 'true') === group.archived ? [group] : [],
    nextCursor: null,
  }));
  world.server.on('groups.members', ({ input }) => {
    const ids = input.userIds === undefined ? undefined : [input.userIds].flat().map(String);
    const items = [...inside.values()].filter(({ userId, isIn }) => (ids === undefined ? isIn : ids.includes(userId)));
    return { items, nextCursor: null };
  });
  return { world, id, inside, change, say };
}

describe('useGroup', () => {
  it('has everyone by role and name, those who have left but written, and who has read how far', async () => {
    const { world, id, inside, say } = await grouped();
    const writers = [people.ada.id, people.ben.id];
    const screen = show(world.device('ada'), () => useGroup(id, { writers }));
    await until(() => screen.now.members.length === 3);
    expect(screen.now.members.map(({ person }) => person?.displayName)).toEqual(['Ada', 'Ben', 'Cleo']);
    world.tell('message:read', ['ada'], () => ({ conversationId: id, userId: cleo.id, readSeq: 7, unreadCount: 0 }));
    await until(() => screen.now.readersOf(7, people.ada.id).length === 1);
    expect(screen.now.readersOf(7, people.ada.id)).toMatchObject([{ userId: cleo.id }]);

    inside.set(people.ben.id, { ...(inside.get(people.ben.id) as GroupMember), isIn: false });
    say(people.ada.id, null, { type: 'removed', userId: people.ben.id });
    await until(() => screen.now.members.length === 2);
    await until(() => screen.now.personOf(people.ben.id)?.displayName === 'Ben');
    expect(screen.now.personOf(newId())).toBeNull();
  });

  it('tells who is hidden from who is only being asked for', async () => {
    const { world, id, inside } = await grouped();
    const [gone, hidden] = [people.ben.id, cleo.id];
    inside.set(gone, { ...(inside.get(gone) as GroupMember), isIn: false });
    inside.set(hidden, { ...(inside.get(hidden) as GroupMember), isIn: false, person: null });
    const screen = show(world.device('ada'), () => useGroup(id, { writers: [gone, hidden] }));
    await until(() => screen.now.isKnown(gone));
    expect([screen.now.personOf(gone)?.displayName, screen.now.personOf(hidden), screen.now.isKnown(hidden)]).toEqual(['Ben', null, true]);
    for (const { isKnown, personOf } of screen.renders) expect(isKnown(gone)).toBe(personOf(gone) !== null);
    expect(screen.renders[0]?.isKnown(gone)).toBe(false);
  });
});

describe('receipts in a group', () => {
  const names = (some: readonly Person[]) => some.map(({ displayName }) => displayName);

  it('are told person by person as they come, and a message is read once all have read it', async () => {
    const { world, id, say } = await grouped();
    const message = say(people.ada.id, 'Who has a rope?');
    const { seq } = message;
    const client = world.device('ada');
    const { queryClient } = await caughtUp(client);
    const screen = show(client, () => ({ chat: useChat(id), receipts: useReceipts(message) }), { queryClient });
    await until(() => !screen.now.receipts.isLoading && screen.now.chat.messages.length === 1);
    const stands = () => {
      const { read, delivered, waiting } = screen.now.receipts;
      return [screen.now.chat.messages[0]?.delivery, names(read), names(delivered), names(waiting)];
    };
    expect(stands()).toEqual(['sent', [], [], ['Ben', 'Cleo']]);
    world.tell('message:delivered', ['ada'], () => ({ conversationId: id, userId: cleo.id, deliveredSeq: seq }));
    await until(() => screen.now.receipts.delivered.length === 1);
    expect(stands()).toEqual(['sent', [], ['Cleo'], ['Ben']]);
    // Who has read it has got it.
    world.tell('message:read', ['ada'], () => ({ conversationId: id, userId: people.ben.id, readSeq: seq, unreadCount: 0 }));
    await until(() => screen.now.receipts.read.length === 1);
    expect(stands()).toEqual(['delivered', ['Ben'], ['Cleo'], []]);
    world.tell('message:read', ['ada'], () => ({ conversationId: id, userId: cleo.id, readSeq: seq, unreadCount: 0 }));
    await until(() => screen.now.receipts.read.length === 2);
    expect(stands()).toEqual(['read', ['Ben', 'Cleo'], [], []]);
  });

  it('count neither who came later nor who is not seen', async () => {
    const { world, id, inside, say } = await grouped();
    const first = say(people.ada.id, 'Before Cleo');
    const ben = inside.get(people.ben.id) as GroupMember;
    inside.set(ben.userId, { ...ben, person: null, readSeq: null, deliveredSeq: null });
    const later = inside.get(cleo.id) as GroupMember;
    inside.set(cleo.id, { ...later, joinedSeq: first.seq, readSeq: first.seq, deliveredSeq: first.seq });
    const second = say(people.ada.id, 'To Cleo');
    const client = world.device('ada');
    const { queryClient } = await caughtUp(client);
    const all = () => ({ chat: useChat(id), group: useGroup(id), first: useReceipts(first), second: useReceipts(second) });
    const screen = show(client, all, { queryClient });
    await until(() => !screen.now.second.isLoading && screen.now.chat.messages.length === 2);
    expect([screen.now.first, screen.now.second].map(({ read, waiting }) => [names(read), names(waiting)])).toEqual([
      [[], []],
      [[], ['Cleo']],
    ]);
    expect(screen.now.group.readersOf(first.seq, people.ada.id)).toEqual([]);
    // Cleo’s place is beyond the first, which was never for her.
    expect(screen.now.chat.messages.map(({ delivery }) => delivery)).toEqual(['sent', 'sent']);
    world.tell('message:read', ['ada'], () => ({ conversationId: id, userId: cleo.id, readSeq: second.seq, unreadCount: 0 }));
    await until(() => screen.now.second.read.length === 1);
    expect(screen.now.chat.messages.map(({ delivery }) => delivery)).toEqual(['sent', 'read']);
  });

  it('of a conversation between two are those of the other one', async () => {
    const world = await startWorld();
    const message = world.write('ada', 'Hello');
    const client = world.device('ada');
    const { queryClient } = await caughtUp(client);
    const screen = show(client, () => useReceipts(message), { queryClient });
    await until(() => screen.now.waiting.length === 1);
    expect(names(screen.now.waiting)).toEqual(['Ben']);
    world.read('ben', message.seq);
    await until(() => screen.now.read.length === 1);
    expect(screen.now).toMatchObject({ waiting: [], delivered: [], isLoading: false, error: null });
  });
});

describe('the picture of a group', () => {
  it('is told of how far it is, and shown in the list once it is there', async () => {
    const { world, id, change } = await grouped();
    const device = world.device('ada');
    const photo = { id: newId(), width: 60, height: 80, color: '#446688', urls: { small: 's', medium: 'm', large: 'l' } };
    let answer: (() => void) | undefined;
    const setPicture: ApiClient['groups']['setPicture'] = (_input, options = {}) => {
      options.onUploadProgress?.({ loaded: 3, total: 12 });
      return new Promise((resolve) => {
        answer = () => resolve(change({ picture: photo }));
      });
    };
    const client = { ...device, groups: { ...device.groups, setPicture } };
    const screen = show(client, () => ({ ...useConversations(), group: useGroup(id) }));
    await until(() => screen.now.conversations.length === 1);
    expect(screen.now.group.pictureProgress).toBeNull();
    await screen.act(({ group }) => void group.setPicture(new Uint8Array([1])));
    await until(() => screen.now.group.pictureProgress === 0.25);
    await screen.act(() => answer?.());
    await until(() => screen.now.group.pictureProgress === null && screen.now.conversations[0]?.picture !== null);
    expect(screen.now.conversations[0]?.picture).toEqual(photo);
  });
});

describe('useConversations', () => {
  it('names who wrote last where they are known, and counts what happened as nothing unread', async () => {
    const { world, id, say } = await grouped();
    const client = world.device('ada');
    // What is said before the socket is open nobody hears.
    const { queryClient } = await caughtUp(client);
    const screen = show(client, () => ({ ...useConversations(), group: useGroup(id) }), { queryClient });
    await until(() => screen.now.conversations.length === 1 && screen.now.group.members.length === 3);
    say(cleo.id, 'Rope?');
    await until(() => screen.now.conversations[0]?.lastSender?.id === cleo.id);
    expect(screen.now.conversations[0]).toMatchObject({ unreadCount: 1, lastMessage: { text: 'Rope?' } });
    say(people.ben.id, null, { type: 'renamed', name: 'Boulderers' });
    await until(() => screen.now.conversations[0]?.lastMessage?.kind === 'system');
    expect(screen.now.conversations[0]?.unreadCount).toBe(1);
  });

  it('keeps what is put away in its own list, and drops what one is not in any more', async () => {
    const { world, id, change } = await grouped();
    const screen = show(world.device('ada'), () => ({ all: useConversations(), away: useConversations({ archived: true }) }));
    await until(() => screen.now.all.conversations.length === 1 && !screen.now.away.isLoading);
    change({ archived: true });
    await until(() => screen.now.all.conversations.length === 0 && screen.now.away.conversations.length === 1);
    change({ archived: false, muted: { until: null } });
    await until(() => screen.now.all.conversations.length === 1 && screen.now.away.conversations.length === 0);
    expect(screen.now.all.conversations[0]?.muted).toEqual({ until: null });
    world.tell('conversation:removed', ['ada'], () => ({ conversationId: id }));
    await until(() => screen.now.all.conversations.length === 0);
  });
});
