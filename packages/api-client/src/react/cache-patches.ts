/**
 * What is cached learns here, and only here, what has happened: each event of the socket and each answer of a write is turned
 * into a fact, and each fact knows which cached answers it changes. Facts may be told twice and a little late: telling one
 * again changes nothing, and none takes back what a newer one has told.
 */
import type { EndpointId, EndpointInput, EndpointOutput, EventName } from '../types';
import type {
  Call,
  Conversation,
  EventMap,
  Friend,
  FriendRequest,
  Like,
  Match,
  Me,
  Message,
  MyLocation,
  Notification,
  OwnReport,
  Preferences,
  Profile,
  ReadReceipt,
} from '../wire';

/** Endpoints whose answer is `{ items }`. */
type ItemsId = { [Id in EndpointId]: EndpointOutput<Id> extends { items: unknown[] } ? Id : never }[EndpointId];
type Item<Id extends ItemsId> = EndpointOutput<Id>['items'][number];

/** The cached answers as facts see them. What `change` answers unchanged (`===`) is left alone. */
export interface CachedAnswers {
  /** Whether facts are told a second time, to an answer that may know them already. */
  readonly again: boolean;
  /** Changes cached answers of an endpoint that is not a list. `refresh` asks for one anew. */
  one<Id extends EndpointId>(
    id: Id,
    change: (answer: EndpointOutput<Id>, input: EndpointInput<Id>, refresh: () => void) => EndpointOutput<Id>,
  ): void;
  /** Changes cached lists, over all their pages. `complete`: there are no more pages; `refresh` loads the list anew. */
  list<Id extends ItemsId>(
    id: Id,
    change: (items: Item<Id>[], about: { input: EndpointInput<Id>; complete: boolean; refresh: () => void }) => Item<Id>[],
  ): void;
  /** Caches an answer that was not asked for. */
  put<Id extends EndpointId>(id: Id, input: EndpointInput<Id>, answer: EndpointOutput<Id>): void;
  /** Loads anew whatever is cached of an endpoint. */
  refresh(id: EndpointId): void;
}

export type Fact = (cache: CachedAnswers) => void;

/** Whether durable events keep what is cached of an endpoint in step, so that it need not be asked for again. */
export function isLive(id: EndpointId): boolean {
  return /^(messages\.history|conversations\.(list|get)|matches\.matches|notifications\.list|calls\.(get|history)|friends\.(list|requests))$/.test(
    id,
  );
}

const version = ({ deletedAt, editedAt }: Message) => (deletedAt === null ? (editedAt ?? '') : '~');
const newer = (old: Message, now: Message) => (version(now) >= version(old) ? now : old);
const without =
  (gone: string) =>
  <T extends { id: string }>(items: T[]): T[] =>
    items.filter(({ id }) => id !== gone);
/** The same thing, as it is now. */
const replacedBy =
  <T extends { id: string }>(now: T) =>
  (old: T): T =>
    old.id === now.id ? now : old;
const newestFirst = (a: { id: string }, b: { id: string }) => (a.id < b.id ? 1 : -1);

/** Puts an item in the place of the one with its id, or else among the others. */
function put<T extends { id: string }>(items: T[], item: T, order: (a: T, b: T) => number): T[] {
  return [...without(item.id)(items), item].sort(order);
}

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
  cache.list('conversations.list', (items, { refresh }) => {
    const old = items.find((item) => item.id === id);
    if (!old) missing?.(refresh);
    const now = old && change(old, refresh);
    return now && now !== old ? put(items, now, latestFirst) : items;
  });
}

const readSeqOf = ({ members }: Conversation, userId: (id: string) => boolean) =>
  members.find((member) => userId(member.userId))?.readSeq ?? 0;

const isUnread = (where: Conversation, message: Message) =>
  message.senderId !== where.members[0]?.userId && message.seq > (where.members[0]?.readSeq ?? 0);

function withMessage(old: Conversation, message: Message): Conversation {
  const last = old.lastMessage;
  if (last && message.seq <= last.seq) {
    return message.seq === last.seq && newer(last, message) !== last ? { ...old, lastMessage: message } : old;
  }
  return {
    ...old,
    lastMessage: message,
    lastActivityAt: message.createdAt,
    unreadCount: old.unreadCount + (isUnread(old, message) ? 1 : 0),
  };
}

/** A message as it is now: new, edited or deleted. */
export const messageIs =
  (message: Message): Fact =>
  (cache) => {
    cache.list('messages.history', (items, { input, complete, refresh }) => {
      if (input.conversationId !== message.conversationId) return items;
      const at = items.findIndex(({ seq }) => seq <= message.seq);
      const there = items[at];
      if (there?.seq === message.seq)
        return newer(there, message) === there ? items : items.map((item) => (item === there ? message : item));
      // Seqs have no gaps. Should one be missing here, the list is loaded anew.
      if (message.seq > (items[0]?.seq ?? 0) + 1 && (at === 0 || complete)) refresh();
      if (at === -1) return complete ? [...items, message] : items;
      return [...items.slice(0, at), message, ...items.slice(at)];
    });
    changeConversation(
      cache,
      message.conversationId,
      (old, refresh) => {
        // How many are unread still, only the server can tell.
        if (message.deletedAt && isUnread(old, message) && !cache.again) refresh();
        return withMessage(old, message);
      },
      (refresh) => refresh(),
    );
  };

/** Someone has read up to a message. `exact`: told in its place among the events, so that its count of unread messages is right as it stands. */
export const readUpTo =
  ({ conversationId, userId, readSeq, unreadCount }: ReadReceipt, exact: boolean): Fact =>
  (cache) =>
    changeConversation(cache, conversationId, (old) => {
      const before = readSeqOf(old, (id) => id === userId);
      if (readSeq < before || (readSeq === before && (cache.again || !exact))) return old;
      const members = old.members.map((member) => (member.userId === userId ? { userId, readSeq } : member));
      if (userId !== old.members[0]?.userId) return { ...old, members };
      const after = Math.max(0, (old.lastMessage?.seq ?? 0) - readSeq);
      return { ...old, members, unreadCount: Math.min(exact ? unreadCount : old.unreadCount, after) };
    });

/** A conversation as it is now. What it tells of messages may be older than what is known. */
export const conversationIs =
  (now: Conversation): Fact =>
  (cache) => {
    const merge = (old: Conversation): Conversation =>
      (old.lastMessage?.seq ?? 0) > (now.lastMessage?.seq ?? 0)
        ? { ...now, lastMessage: old.lastMessage, lastActivityAt: old.lastActivityAt, unreadCount: old.unreadCount, members: old.members }
        : now;
    cache.one('conversations.get', (old) => (old.id === now.id ? merge(old) : old));
    cache.list('conversations.list', (items) => {
      const old = items.find(({ id }) => id === now.id);
      return put(items, old ? merge(old) : now, latestFirst);
    });
  };

const profileHas =
  (id: string, facts: Partial<Profile>): Fact =>
  (cache) =>
    cache.one('profiles.profile', (profile) => (profile.id === id ? { ...profile, ...facts } : profile));

export const matchIs =
  (match: Match): Fact =>
  (cache) => {
    cache.list('matches.matches', (items, { input }) =>
      (input.status ?? 'active') === match.status ? put(items, match, newestFirst) : without(match.id)(items),
    );
    const matched = match.status === 'active';
    profileHas(match.person.id, { matched })(cache);
    if (matched) swipedOn(match.person.id)(cache);
  };

export const matchEnded =
  (matchId: string, userId?: string): Fact =>
  (cache) => {
    cache.list('matches.matches', (items, { input, refresh }) => {
      if (input.status !== 'ended') return without(matchId)(items);
      if (!items.some(({ id }) => id === matchId)) refresh();
      return items;
    });
    if (userId) profileHas(userId, { matched: false })(cache);
  };

const matchEnds =
  (matchId: string, expiresAt: string): Fact =>
  (cache) =>
    cache.list('matches.matches', (items) => items.map((match) => (match.id === matchId ? { ...match, expiresAt } : match)));

/** Somebody leaves the people to swipe on. */
export const swipedOn =
  (userId: string): Fact =>
  (cache) => {
    cache.list('discovery.discover', without(userId));
    cache.list('likes.received', (items) => {
      const left = items.filter(({ person }) => person.id !== userId);
      return left.length < items.length ? left : items;
    });
  };

/** Somebody is back among the people to swipe on, first of all. */
export const swipeTakenBack =
  (profile: Profile): Fact =>
  (cache) =>
    cache.list('discovery.discover', (items) => [profile, ...without(profile.id)(items)]);

/** Somebody is gone: what holds them is loaded anew, and does not hold them any more. */
const personIsGone =
  (userId: string): Fact =>
  (cache) => {
    swipedOn(userId)(cache);
    for (const id of [
      'matches.matches',
      'conversations.list',
      'calls.history',
      'profiles.profile',
      'blocks.list',
      'friends.list',
      'friends.requests',
      'notifications.list',
      'notifications.unreadCount',
    ] as const)
      cache.refresh(id);
  };

export const friendRequestIs =
  (request: FriendRequest): Fact =>
  (cache) => {
    cache.list('friends.requests', (items, { input }) =>
      (input.direction ?? 'received') === request.direction ? put(items, request, newestFirst) : items,
    );
    profileHas(request.person.id, { friendship: request.direction === 'sent' ? 'requested' : 'received' })(cache);
  };

/** A request does not wait any more. Whose it was stands with it in the list, where that is not told. */
export const friendRequestIsGone =
  (requestId: string, userId?: string): Fact =>
  (cache) => {
    let other = userId;
    cache.list('friends.requests', (items) => {
      other ??= items.find(({ id }) => id === requestId)?.person.id;
      return without(requestId)(items);
    });
    if (!other && !cache.again) cache.refresh('profiles.profile');
    cache.one('profiles.profile', (profile) =>
      profile.id === other && /^re/.test(profile.friendship) ? { ...profile, friendship: 'none' } : profile,
    );
  };

export const friendIs =
  (friend: Friend): Fact =>
  (cache) => {
    const { id } = friend.person;
    cache.list('friends.requests', (items) => items.filter(({ person }) => person.id !== id));
    cache.list('friends.list', (items) => [friend, ...withoutFriend(id)(items)].sort((a, b) => (a.since < b.since ? 1 : -1)));
    profileHas(id, { friendship: 'friends' })(cache);
  };

const withoutFriend =
  (userId: string) =>
  (items: Friend[]): Friend[] =>
    items.filter(({ person }) => person.id !== userId);

export const friendIsGone =
  (userId: string): Fact =>
  (cache) => {
    cache.list('friends.list', withoutFriend(userId));
    profileHas(userId, { friendship: 'none' })(cache);
  };

/** Somebody waits for an answer again. */
export const likeWaits =
  (like: Like): Fact =>
  (cache) =>
    cache.list('likes.received', (items) =>
      [...items.filter(({ person }) => person.id !== like.person.id), like].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)),
    );

/** Who likes one, and how many, has to be asked again. */
const likesChanged: Fact = (cache) => {
  for (const id of ['likes.received', 'likes.count'] as const) cache.refresh(id);
};

/** Where one is: how far away everybody is depends on it. */
const locationIs =
  (now: MyLocation): Fact =>
  (cache) => {
    cache.put('location.mine', {}, now);
    for (const id of ['discovery.discover', 'profiles.profile', 'likes.received'] as const) cache.refresh(id);
  };

const callIs =
  (call: Call): Fact =>
  (cache) => {
    const over = (old: Call | undefined) => old?.endedAt && !call.endedAt;
    cache.one('calls.get', (old) => (old.id === call.id && !over(old) ? call : old));
    cache.list('calls.history', (items) => (over(items.find(({ id }) => id === call.id)) ? items : put(items, call, newestFirst)));
  };

const meIs =
  (me: Me): Fact =>
  (cache) => {
    cache.put('users.me', {}, me);
    // Name, age and gender stand in one's own profile too.
    const { id, displayName, age, gender } = me;
    profileHas(id, { displayName, age, gender })(cache);
  };

const profileIs =
  (now: Profile): Fact =>
  (cache) =>
    cache.one('profiles.profile', replacedBy(now));

const preferencesAre =
  (now: Preferences): Fact =>
  (cache) => {
    cache.put('users.preferences', {}, now);
    cache.refresh('discovery.discover');
  };

const reportIs =
  (report: OwnReport): Fact =>
  (cache) =>
    cache.list('reports.mine', (items) => put(items, report, newestFirst));

const sessionIsGone =
  (sessionId: string): Fact =>
  (cache) =>
    cache.list('auth.listSessions', without(sessionId));

const newestTold = (a: Notification, b: Notification) =>
  a.createdAt === b.createdAt ? newestFirst(a, b) : a.createdAt < b.createdAt ? 1 : -1;

/** Someone is told something, or an unread notification was added to. */
const notificationIs =
  (now: Notification): Fact =>
  (cache) => {
    cache.list('notifications.list', (items) => {
      const old = items.find(({ id }) => id === now.id);
      return old && old.createdAt >= now.createdAt ? items : put(items, now, newestTold);
    });
    cache.refresh('notifications.unreadCount');
  };

/** One notification was read, or all up to a time. */
const notificationsAreRead =
  (isRead: (notification: Notification) => boolean, readAt: string): Fact =>
  (cache) => {
    cache.list('notifications.list', (items, { input }) => {
      if (!items.some((item) => item.readAt === null && isRead(item))) return items;
      if (input.unread) return items.filter((item) => !isRead(item));
      return items.map((item) => (item.readAt === null && isRead(item) ? { ...item, readAt } : item));
    });
    cache.refresh('notifications.unreadCount');
  };

const toldOfMessage = ({ message }: { message: Message }) => messageIs(message);
const toldOfCall = ({ call }: { call: Call }) => callIs(call);

/** What each event tells. */
export const toldByEvent: { readonly [E in EventName]?: (data: EventMap[E]) => Fact } = {
  'session:revoked': ({ sessionId }) => sessionIsGone(sessionId),
  'like:received': () => likesChanged,
  'match:created': ({ match }) => matchIs(match),
  'match:timeout_warning': ({ matchId, expiresAt }) => matchEnds(matchId, expiresAt),
  'match:ended': ({ matchId, userId }) => matchEnded(matchId, userId),
  'friend:requested': ({ request }) => friendRequestIs(request),
  'friend:request_gone': ({ userId, requestId }) => friendRequestIsGone(requestId, userId),
  'friend:accepted': ({ friend }) => friendIs(friend),
  'friend:removed': ({ userId }) => friendIsGone(userId),
  'conversation:updated': ({ conversation }) => conversationIs(conversation),
  'message:created': toldOfMessage,
  'message:updated': toldOfMessage,
  'message:deleted': toldOfMessage,
  'message:read': (receipt) => readUpTo(receipt, true),
  'notification:created': ({ notification }) => notificationIs(notification),
  'notification:read': ({ notificationId, upTo, readAt }) =>
    notificationsAreRead(({ id, createdAt }) => id === notificationId || (upTo !== null && createdAt <= upTo), readAt),
  'call:incoming': toldOfCall,
  'call:answered': toldOfCall,
  'call:rejected': toldOfCall,
  'call:missed': toldOfCall,
  'call:busy': toldOfCall,
  'call:ended': toldOfCall,
  'report:resolved':
    ({ reportId, verdict, resolvedAt }) =>
    (cache) =>
      cache.list('reports.mine', (items) =>
        items.map((item) => (item.id === reportId ? { ...item, status: 'resolved', verdict, resolvedAt } : item)),
      ),
};

/** What the answer of each write tells. */
export const toldByAnswer: { readonly [Id in EndpointId]?: (answer: EndpointOutput<Id>, input: EndpointInput<Id>) => Fact } = {
  'auth.register': ({ user }) => meIs(user),
  'auth.login': ({ user }) => meIs(user),
  'auth.changePassword': () => (cache) => cache.refresh('auth.listSessions'),
  'auth.revokeSession': (_, { sessionId }) => sessionIsGone(sessionId),
  'users.updateMe': meIs,
  'users.exportMe': (now) => (cache) => cache.put('users.exportStatus', {}, { export: now }),
  'users.updatePreferences': preferencesAre,
  'profiles.updateProfile': profileIs,
  'swipes.swipe':
    ({ swipe, match }) =>
    (cache) => {
      swipedOn(swipe.userId)(cache);
      cache.refresh('likes.count');
      if (swipe.action === 'super_like') cache.refresh('swipes.superLikes');
      if (match) matchIs(match)(cache);
    },
  'swipes.undoSwipe': () => (cache) => {
    cache.refresh('discovery.discover');
    likesChanged(cache);
  },
  'location.set': locationIs,
  'location.clear': locationIs,
  'location.setPassport': locationIs,
  'location.clearPassport': locationIs,
  'matches.unmatch': (_, { matchId }) => matchEnded(matchId),
  'blocks.block': (_, { userId }) => personIsGone(userId),
  'blocks.unblock': () => (cache) => cache.refresh('blocks.list'),
  'friends.sendRequest':
    ({ request, friend }) =>
    (cache) => {
      if (request) friendRequestIs(request)(cache);
      if (friend) friendIs(friend)(cache);
    },
  'friends.accept': friendIs,
  'friends.decline': (_, { requestId }) => friendRequestIsGone(requestId),
  'friends.cancel': (_, { requestId }) => friendRequestIsGone(requestId),
  'friends.remove': (_, { userId }) => friendIsGone(userId),
  'reports.report':
    (report, { userId, alsoBlock }) =>
    (cache) => {
      reportIs(report)(cache);
      if (alsoBlock) personIsGone(userId)(cache);
    },
  'notifications.markRead': (_, { notificationId }) => notificationsAreRead(({ id }) => id === notificationId, new Date().toISOString()),
  'conversations.openDirect': conversationIs,
  'conversations.markRead': (receipt) => readUpTo(receipt, false),
  'messages.send': messageIs,
  'messages.edit': messageIs,
  'messages.delete': messageIs,
};
