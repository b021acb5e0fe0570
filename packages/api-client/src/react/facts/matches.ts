import type { Like, Match, Profile } from '../../wire';
import { type Fact, profileHas, put, type ToldByAnswer, type ToldByEvent, without } from './fact';

export const matchIs =
  (match: Match): Fact =>
  (cache) => {
    cache.list('matches.matches', (items, { input }) =>
      (input.status ?? 'active') === match.status ? put(items, match) : without(match.id)(items),
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
    cache.list('likes.received', (items) => items.filter(({ person }) => person.id !== userId));
  };

/** Somebody is back among the people to swipe on, first of all. */
export const swipeTakenBack =
  (profile: Profile): Fact =>
  (cache) =>
    cache.list('discovery.discover', (items) => [profile, ...without(profile.id)(items)]);

/** Somebody waits for an answer again. */
export const likeWaits =
  (like: Like): Fact =>
  (cache) =>
    cache.list('likes.received', (items) =>
      [...items.filter(({ person }) => person.id !== like.person.id), like].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)),
    );

/** Who likes one, and how many, has to be asked again. */
const likesChanged: Fact = (cache) => {
  cache.refresh('likes.received');
  cache.refresh('likes.count');
};

export const matchEvents: ToldByEvent = {
  'like:received': () => likesChanged,
  'match:created': ({ match }) => matchIs(match),
  'match:timeout_warning': ({ matchId, expiresAt }) => matchEnds(matchId, expiresAt),
  'match:ended': ({ matchId, userId }) => matchEnded(matchId, userId),
};

export const matchAnswers: ToldByAnswer = {
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
  'matches.unmatch': (_, { matchId }) => matchEnded(matchId),
};
