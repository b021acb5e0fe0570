import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { page, pageFields, Timestamp } from './primitives';
import { Profile } from './profiles';

/** More than this many are not counted. */
export const maxLikesCounted = 1_000;

/** Someone who likes the caller and whom the caller has not answered yet. */
export const Like = z
  .object({
    person: Profile,
    superLike: z.boolean().meta({ description: 'Whether it is a super like.', examples: [true] }),
    createdAt: Timestamp.meta({ description: 'When they liked you.', examples: ['2026-01-14T18:02:11.000Z'] }),
  })
  .meta({ id: 'Like', description: 'Someone who likes you.' });
export interface Like extends z.infer<typeof Like> {}

export const likes = {
  received: endpoint({
    method: 'GET',
    path: '/likes/received',
    summary: 'Who likes you and waits for your answer, the newest first.',
    description: 'Whoever you swiped on is left out, and so is everyone whom you may not see.',
    access: 'user',
    query: pageFields,
    output: page(Like).meta({ id: 'LikePage', description: 'A page of likes.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
  count: endpoint({
    method: 'GET',
    path: '/likes/received/count',
    summary: 'How many like you and wait for your answer.',
    access: 'user',
    output: z
      .object({
        count: z
          .int()
          .min(0)
          .meta({ description: `Likes and super likes; at most ${maxLikesCounted}.`, examples: [3] }),
        superLikes: z
          .int()
          .min(0)
          .meta({ description: 'How many of these are super likes.', examples: [1] }),
      })
      .meta({ id: 'LikeCount', description: 'How many like you.' }),
    transport: 'both',
  }),
};

export const likeEvents = {
  'like:received': event({
    summary: 'Somebody likes you. Who that is, the list tells.',
    audience: 'Whoever is liked.',
    delivery: 'fleeting',
    data: z
      .object({ superLike: z.boolean().meta({ description: 'Whether it is a super like.', examples: [false] }) })
      .meta({ id: 'LikeReceived', description: 'A like that came in.' }),
  }),
};
