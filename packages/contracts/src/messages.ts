import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { Media, MediaKind, MediaLink, maxLinksAsked } from './media';
import { ClientId, Done, Id, page, pageFields, Timestamp } from './primitives';
import { sampleIds, sampleMessages } from './samples';
import { SystemNote } from './system-notes';

/** Longest text of a message, in characters. */
export const maxTextLength = 4000;
/** Most different emoji that one message bears. */
export const maxReactionKinds = 20;
/** Most messages that are pinned in one conversation. */
export const maxPins = 50;
/** Moderators can see for this long what a message said before it was changed or deleted. */
export const messageVersionDays = 90;
/** As much of a message stands above one that answers it, in characters. */
export const maxQuoteLength = 160;

/** What a message is. */
export const MessageKind = z.enum(['text', 'system', ...MediaKind.options]).meta({
  id: 'MessageKind',
  description:
    '`text`: what someone wrote; `image`, `audio`, `video`: what they sent; `encrypted`: what they wrote or sent, end-to-end encrypted; `system`: what happened to the conversation. Who wrote, sent or did it is the sender.',
  examples: ['text'],
});
export type MessageKind = z.infer<typeof MessageKind>;

const MessageId = Id.meta({ examples: [sampleIds.message] });
const EarlierId = Id.meta({ examples: [sampleIds.earlierMessage] });
const ConversationId = Id.meta({ examples: [sampleIds.conversation] });

/** The message that another one answers, as much of it as is shown above that. */
export const MessageQuote = z
  .object({
    id: EarlierId,
    seq: z.int().meta({ description: 'Its place in the conversation.', examples: [12] }),
    senderId: Id,
    kind: MessageKind,
    text: z
      .string()
      .nullable()
      .meta({
        description: `At most its first ${maxQuoteLength} characters; null once it is deleted, where it has no words, and where it is encrypted.`,
        examples: ['Guess where I am'],
      }),
  })
  .meta({ id: 'MessageQuote', description: 'The message that another one answers.' });
export interface MessageQuote extends z.infer<typeof MessageQuote> {}

// biome-ignore lint/complexity/useRegexLiterals: the flag is newer than the language that the compiler checks against
const emoji = new RegExp('^\\p{RGI_Emoji}$', 'v');

/** Keyboards ask for a picture of what is one anyway: of `⚡` and that wish. They are one emoji, and counted as one. */
const withoutNeedlessWish = (text: string) => text.replace(/(\p{Emoji_Presentation})\uFE0F/gu, '$1');

const Emoji = z
  .string()
  .max(64)
  .overwrite(withoutNeedlessWish)
  .refine((text) => emoji.test(text), 'Not one emoji')
  .meta({ description: 'One emoji, as Unicode recommends it for interchange: `❤️`, not `❤`.', examples: ['❤️'] });

/** How many have reacted to a message with the same emoji. */
export const Reaction = z
  .object({
    emoji: z.string().meta({ examples: ['❤️'] }),
    count: z.int().meta({ description: 'So many people.', examples: [1] }),
  })
  .meta({ id: 'Reaction', description: 'How many have reacted to a message with the same emoji.' });
export interface Reaction extends z.infer<typeof Reaction> {}

const reactionFields = {
  revision: z
    .int()
    .meta({ description: 'Grows with each change of the message: of two states the one with more is newer.', examples: [0] }),
  reactions: z.array(Reaction).meta({ description: 'The first that somebody reacted with comes first.', examples: [[]] }),
  ownReaction: z
    .string()
    .nullable()
    .meta({ description: 'What you reacted with; null where you did not.', examples: [null] }),
};

/** Most characters of what is encrypted of one message. */
export const maxCiphertextLength = 40_000;

/** What the service has of a message that is end-to-end encrypted: it hands it on, and cannot read it. */
export const MessageEnvelope = z
  .strictObject({
    algorithm: z
      .string()
      .regex(/^[a-z0-9.-]{1,64}$/)
      .meta({ description: 'How it is encrypted.', examples: ['m.megolm.v1.aes-sha2'] }),
    sessionId: z
      .string()
      .regex(/^[\w+/=-]{1,128}$/)
      .meta({ description: 'The session whose key opens it.', examples: ['DNU6cZYbPFnrsPlTiXUWdJRgG3WDHVvLJ7wPCfCnVLU'] }),
    ciphertext: z
      .string()
      .regex(/^[\w+/=-]+$/)
      .max(maxCiphertextLength)
      .meta({ description: 'Base64.', examples: ['AwgAEkAOtRfyxmCEv6yHbB7kJk5oYwVbE9WbZ2Xn'] }),
  })
  .meta({ id: 'MessageEnvelope', description: 'What the service has of a message that is end-to-end encrypted.' });
export interface MessageEnvelope extends z.infer<typeof MessageEnvelope> {}

/** A message, as a member of its conversation sees it. */
export const Message = z
  .object({
    id: MessageId,
    conversationId: ConversationId,
    seq: z.int().meta({ description: 'Its place in the conversation: 1, 2, 3, … without gaps.', examples: [13] }),
    senderId: Id.meta({ examples: [sampleIds.ada] }),
    clientId: ClientId,
    kind: MessageKind,
    text: z
      .string()
      .nullable()
      .meta({
        description:
          'Null once it is deleted, of a `system` message, where a file was sent without words, and of an `encrypted` one, until a device has opened its envelope.',
        examples: [sampleMessages.sent.text],
      }),
    envelope: MessageEnvelope.nullable().meta({
      description: 'What is encrypted; null where `kind` is not `encrypted`.',
      examples: [null],
    }),
    system: SystemNote.nullable().meta({ description: 'What happened; null where `kind` is not `system`.', examples: [null] }),
    media: Media.nullable().meta({
      description:
        'The file that was sent; null where there is none, and once the message is deleted. Of an `encrypted` message how large it is, and what it is once a device has opened its envelope.',
      examples: [null],
    }),
    replyTo: MessageQuote.nullable().meta({ description: 'What it answers; null where it answers none.' }),
    createdAt: Timestamp,
    editedAt: Timestamp.nullable().meta({ description: 'Null while the text is the first one.', examples: [null] }),
    deletedAt: Timestamp.nullable().meta({ description: 'Null while it stands.', examples: [null] }),
    pinnedAt: Timestamp.nullable().meta({ description: 'Null while it is not pinned.', examples: [null] }),
    ...reactionFields,
  })
  .meta({ id: 'Message', description: 'A message, as a member of its conversation sees it.' });
export interface Message extends z.infer<typeof Message> {}

const Text = z
  .string()
  .trim()
  .min(1)
  .max(maxTextLength)
  .meta({ description: 'Plain text.', examples: [sampleMessages.sent.text] });

export const messages = {
  history: endpoint({
    method: 'GET',
    path: '/conversations/:conversationId/messages',
    summary: 'Messages of a conversation, the newest first.',
    access: 'user',
    params: { conversationId: ConversationId },
    query: {
      ...pageFields,
      around: z
        .int()
        .min(1)
        .max(2_147_483_647)
        .optional()
        .meta({
          description: 'Begin with the message that has this `seq` in the middle, instead of the newest. Goes for nothing beside a cursor.',
          examples: [undefined],
        }),
    },
    output: page(Message)
      .extend({
        previousCursor: z
          .string()
          .nullable()
          .meta({
            description: 'Give it as `cursor` for the newer ones; null where there were none when this was asked.',
            examples: [null],
          }),
      })
      .meta({ id: 'MessagePage', description: 'A page of messages.' }),
    errors: ['CONVERSATION_NOT_FOUND', 'INVALID_CURSOR'],
    transport: 'both',
  }),
  search: endpoint({
    method: 'GET',
    path: '/messages/search',
    summary: 'Find messages in your conversations by their words.',
    description:
      'Finds messages that have every word, or one that begins with it, in whatever order; case does not matter. What was deleted is not found. Conversation by conversation, the one last written in first, and in each the newest first. A call looks at no more than some thousands of messages: a page may be short, or empty, and still have a `nextCursor` to look on from; with none, all was looked at.',
    access: 'user',
    query: {
      ...pageFields,
      q: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .meta({ description: 'Words, or how they begin.', examples: ['climb'] }),
      conversationId: ConversationId.optional().meta({ description: 'Only in this one.' }),
    },
    output: page(Message).meta({
      id: 'FoundMessagePage',
      description: 'A page of messages that were found. It may be empty with a `nextCursor`: there is more to look at.',
    }),
    errors: ['CONVERSATION_NOT_FOUND', 'INVALID_CURSOR'],
    limit: { max: 60, windowSeconds: 60, by: ['user'] },
    transport: 'both',
  }),
  send: endpoint({
    method: 'POST',
    path: '/conversations/:conversationId/messages',
    summary: 'Send a message.',
    description: 'Words, a file, or both. Sending the same `clientId` again answers with the first message and sends nothing.',
    access: 'user',
    params: { conversationId: ConversationId },
    body: {
      clientId: ClientId,
      text: Text.optional().meta({
        description: 'What is written; with a file it may be left out, and in an encrypted conversation it has to be.',
      }),
      envelope: MessageEnvelope.optional().meta({
        description: 'In place of the text, where the conversation is encrypted. What is needed to open a file stands in it.',
        examples: [undefined],
      }),
      mediaId: Id.optional().meta({
        description:
          'A file of yours that is sent with it, as `media.upload` answered it: one that is encrypted with an envelope, others without.',
        examples: [undefined],
      }),
      replyTo: EarlierId.optional().meta({ description: 'The message of this conversation that it answers.' }),
    },
    output: Message,
    errors: [
      'CONVERSATION_NOT_FOUND',
      'MESSAGE_NOT_FOUND',
      'MEDIA_NOT_FOUND',
      'NOT_MATCHED',
      'RECIPIENT_DELETED',
      'CLIENT_ID_REUSED',
      'CONVERSATION_ENCRYPTED',
      'CONVERSATION_NOT_ENCRYPTED',
    ],
    limit: { max: 300, windowSeconds: 60, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  mediaLinks: endpoint({
    method: 'GET',
    path: '/conversations/:conversationId/media-links',
    summary: 'Where the files of messages are, for a while.',
    description: 'Messages that are not there for you, or have no file, are left out.',
    access: 'user',
    params: { conversationId: ConversationId },
    query: {
      messageIds: z
        .array(Id)
        .max(maxLinksAsked)
        .meta({ description: 'Messages of this conversation.', examples: [[sampleIds.message]] }),
    },
    output: z
      .object({ items: z.array(MediaLink).meta({ description: 'In no order.' }) })
      .meta({ id: 'MediaLinks', description: 'Where files are.' }),
    errors: ['CONVERSATION_NOT_FOUND'],
    transport: 'both',
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/messages/:messageId',
    summary: 'Change the text of your message.',
    access: 'user',
    params: { messageId: MessageId },
    body: {
      text: Text.optional().meta({ description: 'Plain text.', examples: [sampleMessages.edited.text] }),
      envelope: MessageEnvelope.optional().meta({
        description: 'In place of the text, where the conversation is encrypted.',
        examples: [undefined],
      }),
    },
    output: Message.meta({ examples: [sampleMessages.edited] }),
    errors: [
      'MESSAGE_NOT_FOUND',
      'NOT_MESSAGE_SENDER',
      'MESSAGE_DELETED',
      'NOT_MATCHED',
      'RECIPIENT_DELETED',
      'CONVERSATION_ENCRYPTED',
      'CONVERSATION_NOT_ENCRYPTED',
    ],
    idempotency: 'natural',
    transport: 'both',
  }),
  delete: endpoint({
    method: 'DELETE',
    path: '/messages/:messageId',
    summary: 'Delete your message for everyone. Its place stays, its text and its file go.',
    access: 'user',
    params: { messageId: MessageId },
    output: Message.meta({ examples: [sampleMessages.deleted] }),
    errors: ['MESSAGE_NOT_FOUND', 'NOT_MESSAGE_SENDER'],
    idempotency: 'natural',
    transport: 'both',
  }),
  hide: endpoint({
    method: 'POST',
    path: '/messages/:messageId/hide',
    summary: 'Delete a message for yourself: it is gone from your own history, on all your devices.',
    access: 'user',
    params: { messageId: MessageId },
    output: Done,
    errors: ['MESSAGE_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  react: endpoint({
    method: 'PUT',
    path: '/messages/:messageId/reaction',
    summary: 'React to a message with an emoji.',
    description: 'Everybody has one reaction to a message; another emoji takes the place of the first.',
    access: 'user',
    params: { messageId: MessageId },
    body: { emoji: Emoji },
    output: Message.meta({ examples: [sampleMessages.reactedTo] }),
    errors: ['MESSAGE_NOT_FOUND', 'MESSAGE_DELETED', 'TOO_MANY_REACTIONS', 'NOT_MATCHED', 'RECIPIENT_DELETED'],
    limit: { max: 120, windowSeconds: 60, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  unreact: endpoint({
    method: 'DELETE',
    path: '/messages/:messageId/reaction',
    summary: 'Take your reaction to a message back.',
    access: 'user',
    params: { messageId: MessageId },
    output: Message,
    errors: ['MESSAGE_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  pinned: endpoint({
    method: 'GET',
    path: '/conversations/:conversationId/pinned',
    summary: 'What is pinned in a conversation, the newest pin first.',
    access: 'user',
    params: { conversationId: ConversationId },
    query: { ...pageFields },
    output: page(Message.meta({ examples: [sampleMessages.pinned] })).meta({
      id: 'PinnedMessagePage',
      description: 'A page of pinned messages.',
    }),
    errors: ['CONVERSATION_NOT_FOUND', 'INVALID_CURSOR'],
    transport: 'both',
  }),
  pin: endpoint({
    method: 'PUT',
    path: '/messages/:messageId/pin',
    summary: 'Pin a message for everyone in its conversation.',
    access: 'user',
    params: { messageId: MessageId },
    output: Message.meta({ examples: [sampleMessages.pinned] }),
    errors: ['MESSAGE_NOT_FOUND', 'MESSAGE_DELETED', 'TOO_MANY_PINS', 'NOT_MATCHED', 'RECIPIENT_DELETED'],
    idempotency: 'natural',
    transport: 'both',
  }),
  unpin: endpoint({
    method: 'DELETE',
    path: '/messages/:messageId/pin',
    summary: 'Take a message down that was pinned, whoever pinned it.',
    access: 'user',
    params: { messageId: MessageId },
    output: Message,
    errors: ['MESSAGE_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
};

export const messageEvents = {
  'message:created': event({
    summary: 'A message was sent.',
    audience: 'The members of the conversation, the sender included.',
    delivery: 'durable',
    data: z.object({ message: Message }).meta({ id: 'MessageCreated', description: 'A new message.' }),
  }),
  'message:updated': event({
    summary: 'A message was changed: its text, or whether it is pinned.',
    audience: 'The members of the conversation, each with their own reaction to it.',
    delivery: 'durable',
    data: z
      .object({ message: Message.meta({ examples: [sampleMessages.edited] }) })
      .meta({ id: 'MessageUpdated', description: 'The message as it stands now.' }),
  }),
  'message:reacted': event({
    summary: 'Somebody reacted to a message, or took that back.',
    audience: 'The members of the conversation, each with their own reaction to it.',
    delivery: 'durable',
    data: z
      .object({
        conversationId: ConversationId,
        messageId: MessageId,
        seq: z.int().meta({ description: 'The place of the message in the conversation.', examples: [13] }),
        userId: Id.meta({ description: 'Who reacted.', examples: [sampleIds.ben] }),
        emoji: z
          .string()
          .nullable()
          .meta({ description: 'What with; null where it was taken back.', examples: ['❤️'] }),
        ...reactionFields,
      })
      .meta({ id: 'MessageReacted', description: 'What a message bears now.' }),
  }),
  'message:hidden': event({
    summary: 'You deleted a message for yourself.',
    audience: 'Your own devices.',
    delivery: 'durable',
    data: z
      .object({
        conversationId: ConversationId,
        messageId: MessageId,
        seq: z.int().meta({ description: 'Its place in the conversation.', examples: [13] }),
      })
      .meta({ id: 'MessageHidden', description: 'What you do not see any more.' }),
  }),
  'message:deleted': event({
    summary: 'A message was deleted for everyone.',
    audience: 'The members of the conversation.',
    delivery: 'durable',
    data: z
      .object({ message: Message.meta({ examples: [sampleMessages.deleted] }) })
      .meta({ id: 'MessageDeleted', description: 'What is left of the message.' }),
  }),
};
