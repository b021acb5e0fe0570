import type { Friend, FriendRequest, Profile } from '../../wire';
import type { Fact, ToldByAnswer, ToldByEvent } from './fact';

const standsAs =
  (userId: string, friendship: Profile['friendship']): Fact =>
  (cache) =>
    cache.one('profiles.profile', (profile) => (profile.id === userId ? { ...profile, friendship } : profile));

const friendRequestIs =
  (request: FriendRequest): Fact =>
  (cache) => {
    cache.list('friends.requests', (items, { input }) =>
      (input.direction ?? 'received') === request.direction ? cache.steps.put(items, request) : items,
    );
    standsAs(request.person.id, request.direction === 'sent' ? 'requested' : 'received')(cache);
  };

/** A request does not wait any more. Whose it was stands with it in the list, where that is not told. */
const friendRequestIsGone =
  (requestId: string, userId?: string): Fact =>
  (cache) => {
    let other = userId;
    cache.list('friends.requests', (items) => {
      other ??= items.find(({ id }) => id === requestId)?.person.id;
      return items.filter(({ id }) => id !== requestId);
    });
    if (!other && !cache.again) cache.refresh('profiles.profile');
    cache.one('profiles.profile', (profile) =>
      profile.id === other && /^re/.test(profile.friendship) ? { ...profile, friendship: 'none' } : profile,
    );
  };

const friendIs =
  (friend: Friend): Fact =>
  (cache) => {
    const { id } = friend.person;
    cache.list('friends.requests', (items) => items.filter(({ person }) => person.id !== id));
    cache.list('friends.list', (items) => [friend, ...withoutFriend(id)(items)].sort((a, b) => (a.since < b.since ? 1 : -1)));
    standsAs(id, 'friends')(cache);
  };

const withoutFriend =
  (userId: string) =>
  (items: Friend[]): Friend[] =>
    items.filter(({ person }) => person.id !== userId);

const friendIsGone =
  (userId: string): Fact =>
  (cache) => {
    cache.list('friends.list', withoutFriend(userId));
    standsAs(userId, 'none')(cache);
  };

export const friendEvents = {
  'friend:requested': ({ request }) => friendRequestIs(request),
  'friend:request_gone': ({ userId, requestId }) => friendRequestIsGone(requestId, userId),
  'friend:accepted': ({ friend }) => friendIs(friend),
  'friend:removed': ({ userId }) => friendIsGone(userId),
} satisfies ToldByEvent;

export const friendAnswers: ToldByAnswer = {
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
};
