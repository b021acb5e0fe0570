import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { event, signal } from './core/event';
import { GroupRole } from './group-roles';
import { Message, maxTextLength } from './messages';
import { Person } from './people';
import { Photo } from './photos';
import { Id, page, pageFields, Timestamp } from './primitives';
import { sampleIds } from './samples';

const ConversationId = Id.meta({ examples: [sampleIds.conversation] });

/** One person's place in a conversation. */
export const Member = z
  .object({
    userId: Id,
    readSeq: z.int().meta({ description: '`seq` of the newest message they have read; 0 before the first.', examples: [13] }),
    deliveredSeq: z.int().meta({
      description: '`seq` of the newest message that has reached a device of theirs; never less than `readSeq`.',
      examples: [13],
    }),
  })
  .meta({ id: 'Member', description: "One person's place in a conversation." });
export interface Member extends z.infer<typeof Member> {}

/** That someone is not notified of what is written in a conversation. */
export const Mute = z
  .object({ until: Timestamp.nullable().meta({ description: 'Null: until you say otherwise.', examples: [null] }) })
  .meta({ id: 'Mute', description: 'That you are not notified of its messages.' });
export interface Mute extends z.infer<typeof Mute> {}

/** What someone was writing and has not sent. */
export const Draft = z
  .object({
    text: z.string().meta({ examples: ['I was thinking that'] }),
    updatedAt: Timestamp.meta({ description: 'When it was written last.' }),
  })
  .meta({ id: 'Draft', description: 'What you were writing and have not sent.' });
export interface Draft extends z.infer<typeof Draft> {}

/** A conversation, as one of its members sees it. */
export const Conversation = z
  .object({
    id: ConversationId,
    kind: z.enum(['direct', 'group']).meta({ description: '`direct`: between two people; `group`: among several.', examples: ['direct'] }),
    name: z
      .string()
      .nullable()
      .meta({ description: 'What the group is called; null between two people.', examples: [null] }),
    picture: Photo.nullable().meta({
      description: 'Of the group; null where it has none, and between two people.',
      examples: [null],
    }),
    pictureBy: Id.nullable().meta({
      description: 'Who gave the group its picture, and is the one to report for it; null where it has none.',
      examples: [null],
    }),
    person: Person.nullable().meta({
      description: 'The other one; null once they deleted their account, though what was written stays, and in a group.',
    }),
    members: z.array(Member).meta({
      description: 'You first. Between two people then the other one; of a group you alone: `groups.members` lists everyone.',
      examples: [
        [
          { userId: sampleIds.ada, readSeq: 13, deliveredSeq: 13 },
          { userId: sampleIds.ben, readSeq: 12, deliveredSeq: 13 },
        ],
      ],
    }),
    memberCount: z.int().meta({ description: 'How many are in it, you among them.', examples: [2] }),
    role: GroupRole.nullable().meta({ description: 'What you are in the group; null between two people.', examples: [null] }),
    open: z.boolean().meta({
      description: 'Whether messages can be sent; false once the two are no longer matched, or the other one is gone. A group is open.',
      examples: [true],
    }),
    encryptedAt: Timestamp.nullable().meta({
      description: 'Since when it is end-to-end encrypted; null while it is not. Then it takes envelopes instead of texts.',
      examples: [null],
    }),
    lastMessage: Message.nullable().meta({ description: 'Null before the first that you can read.' }),
    lastSender: Person.nullable().meta({
      description: 'Who sent `lastMessage`, in a group; null where that is you or someone you do not see, and between two people.',
      examples: [null],
    }),
    unreadCount: z.int().meta({ description: 'Messages you have not read. What happened to a group is not counted.', examples: [0] }),
    muted: Mute.nullable().meta({ description: 'Null while you are notified of its messages.', examples: [null] }),
    archived: z
      .boolean()
      .meta({ description: 'Whether you have put it away. You are not notified of its messages then.', examples: [false] }),
    draft: Draft.nullable().meta({
      description: 'What you were writing, on whichever device; null where it is nothing.',
      examples: [null],
    }),
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

export const DeliveryReceipt = z
  .object({
    conversationId: ConversationId,
    userId: Id.meta({ description: 'Whose device it has reached.', examples: [sampleIds.ada] }),
    deliveredSeq: z.int().meta({ description: '`seq` of the newest message that has reached one.', examples: [13] }),
  })
  .meta({ id: 'DeliveryReceipt', description: 'How far messages have come to someone.' });
export interface DeliveryReceipt extends z.infer<typeof DeliveryReceipt> {}

/** Most conversations that a device tells of at once what has reached it. */
export const maxDelivered = 100;

export const conversations = {
  list: endpoint({
    method: 'GET',
    path: '/conversations',
    summary: 'Your conversations, the latest activity first.',
    access: 'user',
    query: {
      ...pageFields,
      archived: z
        .boolean()
        .optional()
        .meta({ description: 'Those that you have put away instead of the others.', examples: [false] }),
    },
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
  mute: endpoint({
    method: 'PUT',
    path: '/conversations/:conversationId/mute',
    summary: 'Do not be notified of its messages, for a while or until you say otherwise.',
    access: 'user',
    params: { conversationId: ConversationId },
    body: {
      until: Timestamp.nullable().meta({ description: 'Null: until you say otherwise.', examples: ['2036-01-16T08:00:00.000Z'] }),
    },
    output: Conversation,
    errors: ['CONVERSATION_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  unmute: endpoint({
    method: 'DELETE',
    path: '/conversations/:conversationId/mute',
    summary: 'Be notified of its messages again.',
    access: 'user',
    params: { conversationId: ConversationId },
    output: Conversation,
    errors: ['CONVERSATION_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  archive: endpoint({
    method: 'PUT',
    path: '/conversations/:conversationId/archive',
    summary: 'Put a conversation away. It stays there when somebody writes, and you are not notified.',
    access: 'user',
    params: { conversationId: ConversationId },
    output: Conversation,
    errors: ['CONVERSATION_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  unarchive: endpoint({
    method: 'DELETE',
    path: '/conversations/:conversationId/archive',
    summary: 'Put a conversation back among the others.',
    access: 'user',
    params: { conversationId: ConversationId },
    output: Conversation,
    errors: ['CONVERSATION_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  markDelivered: endpoint({
    method: 'POST',
    path: '/conversations/delivered',
    summary: 'Tell that messages have reached this device, in many conversations at once. Never goes back.',
    description:
      'A device calls it now and then, not for each message; the SDK does so by itself. Conversations that are not yours are left out of the answer.',
    access: 'user',
    body: {
      items: z
        .array(
          z.strictObject({
            conversationId: ConversationId,
            seq: z
              .int()
              .min(0)
              .max(2_147_483_647)
              .meta({ description: '`seq` of the newest message that has reached it.', examples: [13] }),
          }),
        )
        .min(1)
        .max(maxDelivered)
        .meta({ description: 'How far each conversation has come.' }),
    },
    output: z
      .object({ receipts: z.array(DeliveryReceipt).meta({ description: 'How far each of them is now.' }) })
      .meta({ id: 'DeliveryReceipts', description: 'How far messages have come to you.' }),
    limit: { max: 120, windowSeconds: 60, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  saveDraft: endpoint({
    method: 'PUT',
    path: '/conversations/:conversationId/draft',
    summary: 'Keep what you are writing, for your other devices. The last one to write counts; an empty text forgets it.',
    access: 'user',
    params: { conversationId: ConversationId },
    body: {
      text: z
        .string()
        .max(maxTextLength)
        .meta({ description: 'As it stands in the field.', examples: ['I was thinking that'] }),
    },
    output: z.object({ draft: Draft.nullable() }).meta({ id: 'DraftSaved', description: 'What is kept now.' }),
    errors: ['CONVERSATION_NOT_FOUND', 'CONVERSATION_ENCRYPTED'],
    limit: { max: 120, windowSeconds: 60, by: ['user'] },
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
    audience: 'The members of the conversation who see the reader, and the reader.',
    delivery: 'durable',
    data: ReadReceipt,
  }),
  'draft:changed': event({
    summary: 'You were writing on one of your devices, or sent it.',
    audience: 'Your own devices.',
    delivery: 'durable',
    data: z
      .object({ conversationId: ConversationId, draft: Draft.nullable() })
      .meta({ id: 'DraftChanged', description: 'What you are writing in a conversation.' }),
  }),
  'message:delivered': event({
    summary: 'Messages have reached a device of someone.',
    audience: 'Whoever wrote them. Who has read a message has got it too: then `message:read` tells both.',
    delivery: 'durable',
    data: DeliveryReceipt,
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
