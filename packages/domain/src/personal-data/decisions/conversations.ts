import { eq } from 'drizzle-orm';
import { callParticipants, calls } from '../../calls/table';
import { conversationMembers, conversations } from '../../conversations/table';
import type * as tables from '../../db/schema';
import { deviceEnvelopes, encryptionDevices, encryptionIdentities, oneTimeKeys, verifiedIdentities } from '../../encryption/table';
import { dropPicturesOf } from '../../groups/picture';
import { dropMedia } from '../../media/jobs';
import { media } from '../../media/table';
import { hiddenMessages, messageReactions, messages, messageVersions } from '../../messages/table';
import type { TableDecision } from '../decision';
import { callsOf, messagesSent } from '../joined-sections';
import { ownRows, rowsOf } from '../sections';
import { ofOthersToo } from './of-others-too';

/** What people say and send to each other, and what keeps that between them. */
export const conversationDecisions = {
  encryptionDevices: {
    table: encryptionDevices,
    people: [encryptionDevices.userId],
    erasure: { deleteBy: [encryptionDevices.userId] },
    copy: ownRows(
      'encryptionDevices',
      encryptionDevices,
      encryptionDevices.userId,
      encryptionDevices.sessionId,
      (row) => row.sessionId,
      ({ sessionId, keys, publishedAt }) => ({ deviceId: sessionId, keys, publishedAt }),
    ),
  },
  oneTimeKeys: {
    table: oneTimeKeys,
    people: [],
    erasure: { keep: 'It goes with its device.' },
    copy: { leftOut: 'Public keys that say nothing of anybody.' },
  },
  encryptionIdentities: {
    table: encryptionIdentities,
    people: [encryptionIdentities.userId],
    erasure: { deleteBy: [encryptionIdentities.userId] },
    copy: ownRows(
      'encryptionIdentity',
      encryptionIdentities,
      encryptionIdentities.userId,
      encryptionIdentities.userId,
      (row) => row.userId,
      ({ masterKey, selfSigningKey, userSigningKey, changedAt }) => ({ masterKey, selfSigningKey, userSigningKey, changedAt }),
    ),
  },
  verifiedIdentities: {
    table: verifiedIdentities,
    people: [verifiedIdentities.signerId, verifiedIdentities.userId],
    erasure: { deleteBy: [verifiedIdentities.signerId, verifiedIdentities.userId] },
    copy: rowsOf('verifiedPeople', {
      table: verifiedIdentities,
      of: (userId) => eq(verifiedIdentities.signerId, userId),
      order: [verifiedIdentities.userId],
      keyOf: (row) => [row.userId],
      show: ({ userId }) => ({ userId }),
    }),
  },
  deviceEnvelopes: {
    table: deviceEnvelopes,
    people: [deviceEnvelopes.senderId],
    erasure: { deleteBy: [deviceEnvelopes.senderId] },
    copy: { leftOut: 'On their way to devices, which alone can read them.' },
  },
  conversations: {
    table: conversations,
    people: [],
    erasure: { takeAway: dropPicturesOf, stays: `${ofOthersToo} Where everybody in it is erased, it goes: see \`dropUnowned\`.` },
    copy: { leftOut: 'What it says stands in `conversations` of the members, and in `messages`.' },
  },
  conversationMembers: {
    table: conversationMembers,
    people: [conversationMembers.userId],
    erasure: { keep: `${ofOthersToo} What they were writing is forgotten when they delete their account, see \`beginToLeave\`.` },
    copy: rowsOf('conversations', {
      table: conversationMembers,
      of: (userId) => eq(conversationMembers.userId, userId),
      order: [conversationMembers.conversationId],
      keyOf: (row) => [row.conversationId],
      show: ({
        conversationId: id,
        draft,
        role,
        joinedAt,
        leftAt,
        readSeq,
        sentCount,
        receivedCount,
        muted,
        mutedUntil,
        archived,
        lastActivityAt,
      }) => ({
        id,
        draft,
        role,
        joinedAt,
        leftAt,
        readSeq,
        sentCount,
        receivedCount,
        muted,
        mutedUntil,
        archived,
        lastActivityAt,
      }),
    }),
  },
  messages: { table: messages, people: [messages.senderId], erasure: { keep: ofOthersToo }, copy: messagesSent },
  media: {
    table: media,
    people: [media.userId],
    erasure: { takeAway: dropMedia },
    copy: ownRows(
      'media',
      media,
      media.userId,
      media.id,
      (row) => row.id,
      ({ id, kind, contentType, size, width, height, durationMs, createdAt }) => ({
        id,
        kind,
        contentType,
        size,
        width,
        height,
        durationMs,
        createdAt,
      }),
    ),
  },
  hiddenMessages: {
    table: hiddenMessages,
    people: [hiddenMessages.userId],
    erasure: { deleteBy: [hiddenMessages.userId] },
    copy: rowsOf('hiddenMessages', {
      table: hiddenMessages,
      of: (userId) => eq(hiddenMessages.userId, userId),
      order: [hiddenMessages.messageId],
      keyOf: (row) => [row.messageId],
      show: ({ messageId, hiddenAt }) => ({ messageId, hiddenAt }),
    }),
  },
  messageVersions: {
    table: messageVersions,
    people: [messageVersions.senderId],
    erasure: { deleteBy: [messageVersions.senderId] },
    copy: rowsOf('messageVersions', {
      table: messageVersions,
      of: (userId) => eq(messageVersions.senderId, userId),
      order: [messageVersions.messageId, messageVersions.revision],
      keyOf: (row) => [row.messageId, row.revision],
      show: ({ messageId, text, mediaId, replacedAt }) => ({ messageId, text, mediaId, replacedAt }),
    }),
  },
  messageReactions: {
    table: messageReactions,
    people: [messageReactions.userId],
    erasure: { deleteBy: [messageReactions.userId] },
    copy: rowsOf('reactions', {
      table: messageReactions,
      of: (userId) => eq(messageReactions.userId, userId),
      order: [messageReactions.messageId],
      keyOf: (row) => [row.messageId],
      show: ({ messageId, emoji, createdAt }) => ({ messageId, emoji, createdAt }),
    }),
  },
  calls: {
    table: calls,
    people: [calls.callerId, calls.calleeId],
    erasure: { keep: `${ofOthersToo} Where both are erased, it goes: see \`dropUnowned\`.` },
    copy: { leftOut: 'It stands in `calls`, which is read by who was in them.' },
  },
  callParticipants: { table: callParticipants, people: [callParticipants.userId], erasure: { keep: ofOthersToo }, copy: callsOf },
} satisfies Partial<Record<keyof typeof tables, TableDecision>>;
