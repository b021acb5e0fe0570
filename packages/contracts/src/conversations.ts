import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { event, signal } from './core/event';
import { Message } from './messages';
import { Person } from './people';
import { Id, page, pageFields, Timestamp } from './primitives';
import { sampleIds } from './samples';

const ConversationId = Id.meta({ examples: [sampleIds.conversation] });

/** One person's place in a conversation. */
export const Member = z
  .object({
    userId: Id,
    readSeq: z.int().meta({ description: '`seq` of the newest message they have read; 0 before the first.', examples: [13] }),
  })
  .meta({ id: 'Member', description: "One person's place in a conversation." });
export interface Member extends z.infer<typeof Member> {}

/** A conversation, as one of its members sees it. */
export const Conversation = z
  .object({
    id: ConversationId,
    kind: z.enum(['direct']).meta({ description: '`direct`: between two people.', examples: ['direct'] }),
    person: Person.nullable().meta({ description: 'The other one; null once they deleted their account. What was written stays.' }),
    members: z.array(Member).meta({
      description: 'Everyone in it, you first.',
      examples: [
        [
          { userId: sampleIds.ada, readSeq: 13 },
          { userId: sampleIds.ben, readSeq: 12 },
        ],
      ],
    }),
    open: z.boolean().meta({
      description: 'Whether messages can be sent; false once the two are no longer matched, or the other one is gone.',
      examples: [true],
    }),
    lastMessage: Message.nullable().meta({ description: 'Null before the first.' }),
    unreadCount: z.int().meta({ description: 'Messages you have not read.', examples: [0] }),
    createdAt: Timestamp.meta({ examples: ['2026-01-14T18:02:11.000Z'] }),
    lastActivityAt: Timestamp.meta({ description: 'When it was made, or its last message was sent.' }),
  })
  .meta({ id: 'Conversation', description: 'A conversation, as one of its members sees it.' });
export interface Conversation extends z.infer<typeof Conversation> {}

export const ReadReceipt = z
  .object({
    conversationId: ConversationId,
    userId: Id.meta({ description: 'Who has read.', examples: [sampleIds.ada] }),
    readSeq: z.int().meta({ description: '`seq` of the newest message they have read.', examples: [13] }),
    unreadCount: z.int().meta({ description: 'What is left unread for that person.', examples: [0] }),
  })
  .meta({ id: 'ReadReceipt', description: 'How far someone has read.' });
export interface ReadReceipt extends z.infer<typeof ReadReceipt> {}

export const conversations = {
  list: endpoint({
    method: 'GET',
    path: '/conversations',
    summary: 'Your conversations, the latest activity first.',
    access: 'user',
    query: { ...pageFields },
    output: page(Conversation).meta({ id: 'ConversationPage', description: 'A page of conversations.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
  get: endpoint({
    method: 'GET',
    path: '/conversations/:conversationId',
    summary: 'One of your conversations.',
    access: 'user',
    params: { conversationId: ConversationId },
    output: Conversation,
    errors: ['CONVERSATION_NOT_FOUND'],
    transport: 'both',
  }),
  openDirect: endpoint({
    method: 'POST',
    path: '/conversations/direct',
    summary: 'The conversation with someone you are matched with; made if it is not there yet.',
    access: 'user',
    body: { userId: Id },
    output: Conversation,
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF', 'NOT_MATCHED'],
    idempotency: 'natural',
    transport: 'both',
  }),
  markRead: endpoint({
    method: 'POST',
    path: '/conversations/:conversationId/read',
    summary: 'Mark everything up to a message as read. Never goes back.',
    access: 'user',
    params: { conversationId: ConversationId },
    body: {
      seq: z
        .int()
        .min(0)
        .meta({ description: '`seq` of the newest message that was seen.', examples: [13] }),
    },
    output: ReadReceipt,
    errors: ['CONVERSATION_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
};

const Typing = z
  .object({ conversationId: ConversationId, userId: Id.meta({ description: 'Who is typing.' }) })
  .meta({ id: 'Typing', description: 'Who is typing, and where.' });

export const conversationEvents = {
  'conversation:updated': event({
    summary: 'A conversation was opened, closed or changed.',
    audience: 'Its members, each with their own view of it.',
    delivery: 'durable',
    data: z.object({ conversation: Conversation }).meta({ id: 'ConversationUpdated', description: 'The conversation as it stands now.' }),
  }),
  'message:read': event({
    summary: 'Someone has read up to a message.',
    audience: 'The members of the conversation, the reader included.',
    delivery: 'durable',
    data: ReadReceipt,
  }),
  'typing:started': signal({
    summary: 'Someone is typing. Lapses by itself after a few seconds.',
    audience: 'The other members of the conversation.',
    data: Typing,
    fields: { conversationId: ConversationId },
    errors: ['CONVERSATION_NOT_FOUND'],
    limit: { max: 60, windowSeconds: 60, by: ['user'] },
  }),
  'typing:stopped': signal({
    summary: 'Someone stopped typing.',
    audience: 'The other members of the conversation.',
    data: Typing,
    fields: { conversationId: ConversationId },
    errors: ['CONVERSATION_NOT_FOUND'],
    limit: { max: 60, windowSeconds: 60, by: ['user'] },
  }),
};
