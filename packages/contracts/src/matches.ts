import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { Person } from './people';
import { Done, Id, page, pageFields, Timestamp } from './primitives';
import { sampleIds } from './samples';

export const SwipeAction = z
  .enum(['like', 'pass', 'super_like'])
  .meta({ id: 'SwipeAction', description: 'A super like is a like that is shown as such.', examples: ['like'] });
export type SwipeAction = z.infer<typeof SwipeAction>;

const matchedAt = Timestamp.meta({ examples: ['2026-01-14T18:02:11.000Z'] });
const MatchId = Id.meta({ examples: [sampleIds.match] });

export const Swipe = z
  .object({ userId: Id, action: SwipeAction, createdAt: matchedAt })
  .meta({ id: 'Swipe', description: 'What you thought of someone.' });
export interface Swipe extends z.infer<typeof Swipe> {}

/** What is left of the day's super likes. */
export const SuperLikes = z
  .object({
    limit: z
      .int()
      .nullable()
      .meta({ description: 'Super likes a day; null: as many as you like.', examples: [5] }),
    left: z
      .int()
      .nullable()
      .meta({ description: 'Null: as many as you like.', examples: [4] }),
    renewsAt: Timestamp.meta({ description: 'When a new day begins, in UTC.', examples: ['2026-01-16T00:00:00.000Z'] }),
  })
  .meta({ id: 'SuperLikes', description: 'Your super likes of today.' });
export interface SuperLikes extends z.infer<typeof SuperLikes> {}

export const MatchStatus = z
  .enum(['active', 'ended'])
  .meta({ id: 'MatchStatus', description: 'An ended match stays ended.', examples: ['active'] });
export type MatchStatus = z.infer<typeof MatchStatus>;

export const MatchEndReason = z
  .enum(['unmatched', 'expired'])
  .meta({ id: 'MatchEndReason', description: '`expired`: nobody wrote in time.', examples: ['unmatched'] });
export type MatchEndReason = z.infer<typeof MatchEndReason>;

/** Two people who like each other, as one of them sees it. */
export const Match = z
  .object({
    id: MatchId,
    person: Person.meta({ description: 'The other one.' }),
    status: MatchStatus,
    createdAt: matchedAt,
    expiresAt: Timestamp.nullable().meta({ description: 'When it ends without a first message; null when it does not.', examples: [null] }),
    endedAt: Timestamp.nullable().meta({ description: 'Null while it is active.', examples: [null] }),
  })
  .meta({ id: 'Match', description: 'Two people who like each other, as one of them sees it.' });
export interface Match extends z.infer<typeof Match> {}

export const swipes = {
  swipe: endpoint({
    method: 'POST',
    path: '/swipes',
    summary: 'Like, pass or super like someone.',
    description: 'A like that is answered with a like makes exactly one match, however the two race. Swiping again replaces the swipe.',
    access: 'user',
    body: { userId: Id, action: SwipeAction },
    output: z
      .object({ swipe: Swipe, match: Match.nullable().meta({ description: 'The match that this like made; null where it made none.' }) })
      .meta({ id: 'SwipeResult', description: 'The swipe as it stands, and the match if it made one.' }),
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF', 'ALREADY_MATCHED', 'SUPER_LIKES_USED_UP'],
    limit: { max: 120, windowSeconds: 60, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  undoSwipe: endpoint({
    method: 'DELETE',
    path: '/swipes/last',
    summary: 'Take the last swipe back.',
    description: 'They are the first of discovery again. A super like that was sent is not given back.',
    access: 'user',
    output: z.object({ swipe: Swipe }).meta({ id: 'UndoneSwipe', description: 'The swipe that was taken back.' }),
    errors: ['NOTHING_TO_UNDO', 'ALREADY_MATCHED'],
    transport: 'both',
  }),
  superLikes: endpoint({
    method: 'GET',
    path: '/swipes/super-likes',
    summary: 'How many super likes you have left today.',
    access: 'user',
    output: SuperLikes,
    transport: 'both',
  }),
};

export const matches = {
  matches: endpoint({
    method: 'GET',
    path: '/matches',
    summary: 'Your matches, the newest first.',
    access: 'user',
    query: { ...pageFields, status: MatchStatus.default('active').meta({ description: 'Which matches to list.' }) },
    output: page(Match).meta({ id: 'MatchPage', description: 'A page of matches.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
  unmatch: endpoint({
    method: 'DELETE',
    path: '/matches/:matchId',
    summary: 'End a match. Neither can message or call the other any more.',
    access: 'user',
    params: { matchId: MatchId },
    output: Done,
    errors: ['MATCH_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
};

export const matchEvents = {
  'match:created': event({
    summary: 'Two people like each other.',
    audience: 'Both.',
    delivery: 'durable',
    data: z.object({ match: Match }).meta({ id: 'MatchCreated', description: 'A new match.' }),
  }),
  'match:timeout_warning': event({
    summary: 'A match without a first message ends soon.',
    audience: 'Both.',
    delivery: 'durable',
    data: z
      .object({ matchId: MatchId, expiresAt: Timestamp.meta({ description: 'When it ends.', examples: ['2026-01-21T18:02:11.000Z'] }) })
      .meta({ id: 'MatchTimeoutWarning', description: 'A match that ends soon.' }),
  }),
  'match:ended': event({
    summary: 'A match is over.',
    audience: 'Both.',
    delivery: 'durable',
    data: z
      .object({ matchId: MatchId, userId: Id.meta({ description: 'The other one.' }), reason: MatchEndReason })
      .meta({ id: 'MatchEnded', description: 'A match that is over.' }),
  }),
};
