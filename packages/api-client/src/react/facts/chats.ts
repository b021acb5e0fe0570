import type { Conversation, DeliveryReceipt, Draft, Member, Message, MessageHidden, MessageReacted, Person, ReadReceipt } from '../../wire';
import { quoteOf } from '../quote';
import { type CachedAnswers, type Fact, put, type ToldByAnswer, type ToldByEvent, without } from './fact';

const newer = (old: Message, now: Message) => (now.revision >= old.revision ? now : old);

const newestPinFirst = (a: Message, b: Message) => ((a.pinnedAt ?? '') < (b.pinnedAt ?? '') ? 1 : -1);

const latestFirst = (a: Conversation, b: Conversation) =>
  a.lastActivityAt < b.lastActivityAt ? 1 : a.lastActivityAt > b.lastActivityAt ? -1 : 0;

/** Changes one conversation wherever it is cached. `missing` is told of lists that do not hold it. `refresh` loads anew what holds it. */
function changeConversation(
  cache: CachedAnswers,
  id: string,
  change: (old: Conversation, refresh: () => void) => Conversation,
  missing?: (refresh: () => void) => void,
): void {
  cache.one('conversations.get', (old, _, refresh) => (old.id === id ? change(old, refresh) : old));
  // What is put away stands in another list than the others.
  let isListed = false;
  cache.list('conversations.list', (items) => {
    isListed ||= items.some((item) => item.id === id);
    return items;
  });
  cache.list('conversations.list', (items, { refresh }) => {
    const old = items.find((item) => item.id === id);
    if (!isListed) missing?.(refresh);
    const now = old && change(old, refresh);
    return now && now !== old ? put(items, now, latestFirst) : items;
  });
}

const readSeqOf = ({ members }: Conversation, userId: (id: string) => boolean) =>
  members.find((member) => userId(member.userId))?.readSeq ?? 0;

const isUnread = (where: Conversation, message: Message) =>
  message.kind !== 'system' && message.senderId !== where.members[0]?.userId && message.seq > (where.members[0]?.readSeq ?? 0);

/** What answers this message shows it as it is now. */
const answering = (one: Message, message: Message): Message =>
  one.replyTo?.id === message.id ? { ...one, replyTo: quoteOf(message) } : one;

function withMessage(old: Conversation, message: Message, sender: Person | null): Conversation {
  const last = old.lastMessage && answering(old.lastMessage, message);
  if (last && message.seq <= last.seq) {
    const now = message.seq === last.seq ? newer(last, message) : last;
    return now === old.lastMessage ? old : { ...old, lastMessage: now };
  }
  return {
    ...old,
    lastMessage: message,
    lastSender: old.kind === 'group' && message.senderId !== old.members[0]?.userId ? sender : null,
    lastActivityAt: message.createdAt,
    unreadCount: old.unreadCount + (isUnread(old, message) ? 1 : 0),
  };
}

/** A message as it is now: new, edited or deleted. */
export const messageIs =
  (message: Message): Fact =>
  (cache) => {
    cache.list('messages.history', (cached, { input, complete, atStart, refresh }) => {
      if (input.conversationId !== message.conversationId) return cached;
      const known = cached.find(({ seq }) => seq === message.seq);
      if (known && newer(known, message) === known) return cached;
      const items = cached.some(({ replyTo }) => replyTo?.id === message.id) ? cached.map((one) => answering(one, message)) : cached;
      const at = items.findIndex(({ seq }) => seq <= message.seq);
      const there = items[at];
      if (there?.seq === message.seq) return items.map((item) => (item === there ? message : item));
      // A list that was begun in the middle, or of which the newest were let go, goes on from there when it is asked to.
      if ((input.around !== undefined || !atStart) && message.seq > (items[0]?.seq ?? 0) + 1) return items;
      // Seqs have no gaps. Should one be missing here, the list is loaded anew.
      if (message.seq > (items[0]?.seq ?? 0) + 1 && (at === 0 || complete)) refresh();
      if (at === -1) return complete ? [...items, message] : items;
      return [...items.slice(0, at), message, ...items.slice(at)];
    });
    cache.list('messages.pinned', (items, { input }) => {
      if (input.conversationId !== message.conversationId) return items;
      const known = items.find(({ id }) => id === message.id);
      if (known && newer(known, message) === known) return items;
      if (message.pinnedAt !== null) return put(items, message, newestPinFirst);
      return known ? items.filter((item) => item !== known) : items;
    });
    changeConversation(
      cache,
      message.conversationId,
      (old, refresh) => {
        // How many are unread still, only the server can tell.
        if (message.deletedAt && isUnread(old, message) && !cache.again) refresh();
        return withMessage(old, message, old.lastSender?.id === message.senderId ? old.lastSender : knownAs(cache, message));
      },
      (refresh) => refresh(),
    );
    // Who came, went, or has another role.
    if (message.kind === 'system' && !cache.again) membersChanged(cache, message.conversationId);
  };

/** Who sent a message in a group, where that is known here. */
function knownAs(cache: CachedAnswers, { conversationId, senderId }: Message): Person | null {
  let known: Person | null = null;
  cache.list('groups.members', (members, { input }) => {
    if (input.conversationId === conversationId) known ??= members.find(({ userId }) => userId === senderId)?.person ?? null;
    return members;
  });
  return known;
}

function membersChanged(cache: CachedAnswers, conversationId: string): void {
  cache.list('groups.members', (members, { input, refresh }) => {
    if (input.conversationId === conversationId) refresh();
    return members;
  });
}

/** What a message bears now. */
const reactedTo =
  ({ conversationId, messageId, revision, reactions, ownReaction }: MessageReacted): Fact =>
  (cache) => {
    const bear = (old: Message): Message =>
      old.id === messageId && revision > old.revision ? { ...old, revision, reactions, ownReaction } : old;
    for (const list of ['messages.history', 'messages.pinned'] as const)
      cache.list(list, (items, { input }) => (input.conversationId === conversationId ? items.map(bear) : items));
    changeConversation(cache, conversationId, (old) => {
      const lastMessage = old.lastMessage && bear(old.lastMessage);
      return lastMessage === old.lastMessage ? old : { ...old, lastMessage };
    });
  };

/** A message is gone for oneself. What is the last one then, and how many are unread, the server tells. */
export const messageHidden =
  ({ conversationId, messageId, seq }: Pick<MessageHidden, 'conversationId' | 'messageId'> & { seq?: number }): Fact =>
  (cache) => {
    for (const list of ['messages.history', 'messages.pinned', 'messages.search'] as const) cache.list(list, without(messageId));
    changeConversation(cache, conversationId, (old, refresh) => {
      const isUnread = seq !== undefined && seq > readSeqOf(old, (id) => id === old.members[0]?.userId);
      if ((old.lastMessage?.id === messageId || isUnread) && !cache.again) refresh();
      return old;
    });
  };

/** How far someone has come in a group, where it is known that far. Of whom one does not see nothing is kept. */
function reachedMember(
  cache: CachedAnswers,
  { conversationId, userId, readSeq = 0, deliveredSeq }: { conversationId: string; userId: string; readSeq?: number; deliveredSeq: number },
): void {
  cache.list('groups.members', (members, { input }) => {
    const old = input.conversationId === conversationId ? members.find((one) => one.userId === userId) : undefined;
    if (!old || old.readSeq === null || old.deliveredSeq === null) return members;
    if (old.readSeq >= readSeq && old.deliveredSeq >= deliveredSeq) return members;
    const now = { ...old, readSeq: Math.max(old.readSeq, readSeq), deliveredSeq: Math.max(old.deliveredSeq, deliveredSeq) };
    return members.map((one) => (one === old ? now : one));
  });
}

/** Someone has read up to a message. `exact`: told in its place among the events, so that its count of unread messages is right as it stands. */
const readUpTo =
  ({ conversationId, userId, readSeq, unreadCount }: ReadReceipt, exact: boolean): Fact =>
  (cache) => {
    reachedMember(cache, { conversationId, userId, readSeq, deliveredSeq: readSeq });
    changeConversation(cache, conversationId, (old) => {
      // Of a group one is told of oneself alone.
      if (!old.members.some((member) => member.userId === userId)) return old;
      const before = readSeqOf(old, (id) => id === userId);
      if (readSeq < before || (readSeq === before && (cache.again || !exact))) return old;
      const reads = (member: Member) => ({ ...member, readSeq, deliveredSeq: Math.max(member.deliveredSeq, readSeq) });
      const members = old.members.map((member) => (member.userId === userId ? reads(member) : member));
      if (userId !== old.members[0]?.userId) return { ...old, members };
      const after = Math.max(0, (old.lastMessage?.seq ?? 0) - readSeq);
      return { ...old, members, unreadCount: Math.min(exact ? unreadCount : old.unreadCount, after) };
    });
  };

/** What one is writing, on whichever device. */
const draftIs =
  (conversationId: string, draft: Draft | null): Fact =>
  (cache) =>
    changeConversation(cache, conversationId, (old) => ({ ...old, draft }));

/** Messages have reached somebody. */
const deliveredUpTo =
  ({ conversationId, userId, deliveredSeq }: DeliveryReceipt): Fact =>
  (cache) => {
    reachedMember(cache, { conversationId, userId, deliveredSeq });
    changeConversation(cache, conversationId, (old) => {
      if (!old.members.some((member) => member.userId === userId && member.deliveredSeq < deliveredSeq)) return old;
      return { ...old, members: old.members.map((member) => (member.userId === userId ? { ...member, deliveredSeq } : member)) };
    });
  };

/** A conversation as it is now. What it tells of messages may be older than what is known. */
export const conversationIs =
  (now: Conversation): Fact =>
  (cache) => {
    const merge = (old: Conversation): Conversation =>
      (old.lastMessage?.seq ?? 0) > (now.lastMessage?.seq ?? 0)
        ? {
            ...now,
            lastMessage: old.lastMessage,
            lastSender: old.lastSender,
            lastActivityAt: old.lastActivityAt,
            unreadCount: old.unreadCount,
            members: old.members,
          }
        : now;
    cache.one('conversations.get', (old) => (old.id === now.id ? merge(old) : old));
    cache.list('conversations.list', (items, { input }) => {
      const old = items.find(({ id }) => id === now.id);
      if ((input.archived ?? false) !== now.archived) return old ? without(now.id)(items) : items;
      return put(items, old ? merge(old) : now, latestFirst);
    });
  };

/** A group is not theirs any more: it is in no list, and where it is looked at nothing can be written. */
const conversationGone =
  (conversationId: string): Fact =>
  (cache) => {
    cache.list('conversations.list', (items) => (items.some(({ id }) => id === conversationId) ? without(conversationId)(items) : items));
    cache.one('conversations.get', (old) =>
      old.id === conversationId && old.open ? { ...old, open: false, role: null, unreadCount: 0 } : old,
    );
  };

const toldOfMessage = ({ message }: { message: Message }) => messageIs(message);

export const chatEvents: ToldByEvent = {
  'conversation:updated': ({ conversation }) => conversationIs(conversation),
  'conversation:removed': ({ conversationId }) => conversationGone(conversationId),
  'message:created': toldOfMessage,
  'message:updated': toldOfMessage,
  'message:deleted': toldOfMessage,
  'message:hidden': messageHidden,
  'message:reacted': reactedTo,
  'message:read': (receipt) => readUpTo(receipt, true),
  'message:delivered': deliveredUpTo,
  'draft:changed': ({ conversationId, draft }) => draftIs(conversationId, draft),
};

export const chatAnswers: ToldByAnswer = {
  'conversations.openDirect': conversationIs,
  'conversations.mute': conversationIs,
  'conversations.unmute': conversationIs,
  'conversations.archive': conversationIs,
  'conversations.unarchive': conversationIs,
  'groups.create': conversationIs,
  'groups.update': conversationIs,
  'groups.setPicture': conversationIs,
  'groups.removePicture': conversationIs,
  'groups.addMembers': conversationIs,
  'groups.removeMember': conversationIs,
  'groups.setRole': conversationIs,
  'groups.leave': (_, { conversationId }) => conversationGone(conversationId),
  'conversations.markRead': (receipt) => readUpTo(receipt, false),
  'conversations.saveDraft': ({ draft }, { conversationId }) => draftIs(conversationId, draft),
  'messages.send': messageIs,
  'messages.edit': messageIs,
  'messages.delete': messageIs,
  'messages.react': messageIs,
  'messages.unreact': messageIs,
  'messages.pin': messageIs,
  'messages.unpin': messageIs,
};
