import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { Person } from './people';
import { Done, Id, page, pageFields, Timestamp } from './primitives';

/** Someone whom the caller has blocked. */
export const Block = z
  .object({ person: Person, createdAt: Timestamp.meta({ description: 'When they were blocked.' }) })
  .meta({ id: 'Block', description: 'Someone whom you have blocked.' });
export interface Block extends z.infer<typeof Block> {}

export const blocks = {
  block: endpoint({
    method: 'POST',
    path: '/users/:userId/block',
    summary: 'Block someone. Neither sees, writes to or calls the other any more.',
    description:
      'A match with them ends as if you had unmatched, and a call with them is hung up. They are not told that they are blocked: to ' +
      'each of you the other is gone.',
    access: 'user',
    params: { userId: Id },
    output: Done,
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF'],
    limit: { max: 60, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  unblock: endpoint({
    method: 'DELETE',
    path: '/users/:userId/block',
    summary: 'Take a block back. What it ended stays ended.',
    description: 'Also done where you had not blocked them.',
    access: 'user',
    params: { userId: Id },
    output: Done,
    idempotency: 'natural',
    transport: 'both',
  }),
  list: endpoint({
    method: 'GET',
    path: '/blocks',
    summary: 'Whom you have blocked, the newest first.',
    access: 'user',
    query: pageFields,
    output: page(Block).meta({ id: 'BlockPage', description: 'A page of blocks.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
};
