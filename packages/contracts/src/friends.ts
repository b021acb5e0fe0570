import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { Person } from './people';
import { Done, Id, page, pageFields, Timestamp } from './primitives';
import { sampleIds, samplePeople } from './samples';

/** An unanswered request is withdrawn by itself after this long. In days. */
export const friendRequestDays = 30;
/** For this long after somebody declined, the same person's requests do not reach them. In days. */
export const friendRequestCoolDownDays = 30;
/** Nobody has more requests of their own waiting for an answer. */
export const maxSentFriendRequests = 200;
/** Nobody has more requests of others to answer. */
export const maxReceivedFriendRequests = 2_000;

export const Friendship = z.enum(['none', 'requested', 'received', 'friends']).meta({
  id: 'Friendship',
  description: '`requested`: you have asked them and wait for their answer; `received`: they have asked you.',
  examples: ['none'],
});
export type Friendship = z.infer<typeof Friendship>;

const RequestId = Id.meta({ examples: [sampleIds.friendRequest] });
const askedAt = Timestamp.meta({ examples: ['2026-01-15T19:12:00.000Z'] });

/** Someone whom the caller is friends with. */
export const Friend = z
  .object({ person: Person, since: Timestamp.meta({ examples: ['2026-01-15T19:40:00.000Z'] }) })
  .meta({ id: 'Friend', description: 'Someone whom you are friends with.' });
export interface Friend extends z.infer<typeof Friend> {}

export const FriendRequestDirection = z
  .enum(['received', 'sent'])
  .meta({ id: 'FriendRequestDirection', description: '`received`: they ask you; `sent`: you ask them.', examples: ['sent'] });
export type FriendRequestDirection = z.infer<typeof FriendRequestDirection>;

/** A request that waits for an answer, as one of the two sees it. */
export const FriendRequest = z
  .object({
    id: RequestId,
    direction: FriendRequestDirection,
    person: Person.meta({ description: 'The other one.' }),
    createdAt: askedAt,
    expiresAt: Timestamp.meta({ description: 'When it is withdrawn by itself.', examples: ['2026-02-14T19:12:00.000Z'] }),
  })
  .meta({ id: 'FriendRequest', description: 'A request that waits for an answer, as one of the two sees it.' });
export interface FriendRequest extends z.infer<typeof FriendRequest> {}

const sent = {
  id: sampleIds.friendRequest,
  direction: 'sent' as const,
  person: samplePeople.ben,
  createdAt: '2026-01-15T19:12:00.000Z',
  expiresAt: '2026-02-14T19:12:00.000Z',
};

export const friends = {
  sendRequest: endpoint({
    method: 'POST',
    path: '/friends/requests',
    summary: 'Ask someone to be your friend.',
    description:
      'Where they have asked you already, you are friends at once. Asking again while you wait changes nothing. Whether a request was ' +
      'declined is not told: it waits until it is withdrawn by itself.',
    access: 'user',
    body: { userId: Id },
    output: z
      .object({
        request: FriendRequest.nullable().meta({
          description: 'The request that waits now; null where you are friends.',
          examples: [sent],
        }),
        friend: Friend.nullable().meta({ description: 'The friend, where you are friends now; null otherwise.', examples: [null] }),
      })
      .meta({ id: 'FriendRequestResult', description: 'The request as it stands, or the friendship that came of it.' }),
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF', 'TOO_MANY_FRIEND_REQUESTS'],
    limit: { max: 60, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  accept: endpoint({
    method: 'POST',
    path: '/friends/requests/:requestId/accept',
    summary: 'Say yes to a request: you are friends.',
    access: 'user',
    params: { requestId: RequestId },
    output: Friend,
    errors: ['FRIEND_REQUEST_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  decline: endpoint({
    method: 'POST',
    path: '/friends/requests/:requestId/decline',
    summary: 'Say no to a request. They are not told.',
    description: `For ${friendRequestCoolDownDays} days no further request of theirs reaches you.`,
    access: 'user',
    params: { requestId: RequestId },
    output: Done,
    errors: ['FRIEND_REQUEST_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  cancel: endpoint({
    method: 'DELETE',
    path: '/friends/requests/:requestId',
    summary: 'Take a request of yours back.',
    access: 'user',
    params: { requestId: RequestId },
    output: Done,
    errors: ['FRIEND_REQUEST_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  requests: endpoint({
    method: 'GET',
    path: '/friends/requests',
    summary: 'Requests that wait for an answer, the newest first.',
    access: 'user',
    query: { ...pageFields, direction: FriendRequestDirection.default('received').meta({ description: 'Whose requests to list.' }) },
    output: page(FriendRequest).meta({ id: 'FriendRequestPage', description: 'A page of friend requests.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
  list: endpoint({
    method: 'GET',
    path: '/friends',
    summary: 'Your friends, the newest first.',
    access: 'user',
    query: pageFields,
    output: page(Friend).meta({ id: 'FriendPage', description: 'A page of friends.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/friends/:userId',
    summary: 'End a friendship.',
    description: 'Also done where you were not friends.',
    access: 'user',
    params: { userId: Id },
    output: Done,
    idempotency: 'natural',
    transport: 'both',
  }),
};

export const friendEvents = {
  'friend:requested': event({
    summary: 'Someone asks someone to be friends.',
    audience: 'The one who is asked, and the devices of the one who asks; each in their own view.',
    delivery: 'durable',
    data: z.object({ request: FriendRequest }).meta({ id: 'FriendRequested', description: 'A new friend request.' }),
  }),
  'friend:request_gone': event({
    summary: 'A request does not wait any more: it was taken back or declined.',
    audience: 'Whoever saw it wait. Who asked is not told that it was declined.',
    delivery: 'durable',
    data: z
      .object({ requestId: RequestId, userId: Id.meta({ description: 'The other one.' }) })
      .meta({ id: 'FriendRequestGone', description: 'A friend request that does not wait any more.' }),
  }),
  'friend:accepted': event({
    summary: 'Two people are friends.',
    audience: 'Both.',
    delivery: 'durable',
    data: z.object({ friend: Friend }).meta({ id: 'FriendAccepted', description: 'A new friend. Requests between the two are gone.' }),
  }),
  'friend:removed': event({
    summary: 'Two people are friends no more.',
    audience: 'Both.',
    delivery: 'durable',
    data: z
      .object({ userId: Id.meta({ description: 'The other one.' }) })
      .meta({ id: 'FriendRemoved', description: 'A friendship that is over.' }),
  }),
};
