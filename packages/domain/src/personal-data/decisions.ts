import { and, eq, or } from 'drizzle-orm';
import { warnings } from '../admin/table';
import { auditLog } from '../audit/table';
import { devices, identities, oneTimeCodes, sessions } from '../auth/table';
import { blocks } from '../blocks/table';
import { callParticipants, calls } from '../calls/table';
import { conversationMembers, conversations } from '../conversations/table';
import type * as tables from '../db/schema';
import { discoveryCards } from '../discovery/table';
import { deviceEnvelopes, encryptionDevices, encryptionIdentities, oneTimeKeys, verifiedIdentities } from '../encryption/table';
import { friendRequests, friends } from '../friends/table';
import { dropPicturesOf } from '../groups/picture';
import { jobs, jobTurns } from '../jobs/table';
import { limitCounts } from '../limits/table';
import { locations } from '../location/table';
import { matches, swipers, swipes } from '../matches/table';
import { dropMedia } from '../media/jobs';
import { media } from '../media/table';
import { hiddenMessages, messageReactions, messages, messageVersions } from '../messages/table';
import { deliveries, notifications, pushTokens } from '../notifications/table';
import { leavePhotos } from '../photos/jobs';
import { photos } from '../photos/table';
import { idempotencyKeys } from '../pipeline/table';
import { lastSeen } from '../presence/table';
import { profiles, profileViews } from '../profiles/table';
import { reportEntries, reportEvidence, reports } from '../reports/table';
import { syncHeads, syncLog } from '../sync/table';
import { presentPreferences } from '../users/accounts';
import { preferences, users } from '../users/table';
import { webhookEvents } from '../webhooks/table';
import type { TableDecision } from './decision';
import { account, callsOf, messagesSent, reportsMade } from './joined-sections';
import { blankReports, dropBlocks, dropSwiper, dropWarnings } from './names';
import { ownRows, rowsOf } from './sections';
import { dataExportParts, dataExports } from './table';

/** Two people wrote, called and agreed: what the one has is the other's too, and stays without the name. */
const ofOthersToo = 'It belongs to others as well. What refers to the erased account refers to a row without anything personal.';

/**
 * Every table, and what is done with it about a person: what goes when their account is erased, and what a copy of everything
 * held about them says of it. A table without a decision does not compile; a column that refers to an account and is not
 * named here fails a test.
 */
export const decisions: Readonly<Record<keyof typeof tables, TableDecision>> = {
  users: { table: users, people: [], erasure: { keep: 'Its columns are emptied last, see `tombstone`.' }, copy: account },
  profiles: {
    table: profiles,
    people: [profiles.userId],
    erasure: { deleteBy: [profiles.userId] },
    copy: ownRows(
      'profile',
      profiles,
      profiles.userId,
      profiles.userId,
      (row) => row.userId,
      ({ userId, ...row }) => row,
    ),
  },
  photos: {
    table: photos,
    people: [photos.userId, photos.reviewedBy],
    erasure: { deleteBy: [photos.userId], first: leavePhotos },
    copy: ownRows(
      'photos',
      photos,
      photos.userId,
      photos.id,
      (row) => row.id,
      ({ id, position, width, height, format, status, reason, createdAt }) => ({
        id,
        position,
        width,
        height,
        format,
        status,
        reason,
        createdAt,
      }),
    ),
  },
  profileViews: {
    table: profileViews,
    people: [profileViews.userId, profileViews.viewerId],
    erasure: { deleteBy: [profileViews.userId, profileViews.viewerId] },
    // Who has looked at someone is theirs.
    copy: rowsOf('profilesLookedAt', {
      table: profileViews,
      of: (userId) => eq(profileViews.viewerId, userId),
      order: [profileViews.day, profileViews.userId],
      keyOf: (row) => [row.day, row.userId],
      show: ({ userId, day }) => ({ userId, day }),
    }),
  },
  preferences: {
    table: preferences,
    people: [preferences.userId],
    erasure: { deleteBy: [preferences.userId] },
    copy: ownRows(
      'preferences',
      preferences,
      preferences.userId,
      preferences.userId,
      (row) => row.userId,
      (row) => ({ ...presentPreferences(row) }),
    ),
  },
  lastSeen: {
    table: lastSeen,
    people: [lastSeen.userId],
    erasure: { deleteBy: [lastSeen.userId] },
    copy: ownRows(
      'lastSeen',
      lastSeen,
      lastSeen.userId,
      lastSeen.userId,
      (row) => row.userId,
      ({ at }) => ({ at }),
    ),
  },
  locations: {
    table: locations,
    people: [locations.userId],
    erasure: { deleteBy: [locations.userId] },
    copy: ownRows(
      'locations',
      locations,
      locations.userId,
      locations.kind,
      (row) => row.kind,
      ({ kind, latitude, longitude, city, country, updatedAt }) => ({ kind, latitude, longitude, city, country, updatedAt }),
    ),
  },
  discoveryCards: {
    table: discoveryCards,
    people: [discoveryCards.userId],
    erasure: { deleteBy: [discoveryCards.userId] },
    copy: { leftOut: 'A copy of the profile, the preferences and the location.' },
  },
  sessions: {
    table: sessions,
    people: [sessions.userId],
    erasure: { deleteBy: [sessions.userId] },
    copy: ownRows(
      'devices',
      sessions,
      sessions.userId,
      sessions.id,
      (row) => row.id,
      ({ platform, device, appVersion, address, createdAt, lastSeenAt, revokedAt }) => ({
        platform,
        device,
        appVersion,
        address,
        createdAt,
        lastSeenAt,
        revokedAt,
      }),
    ),
  },
  oneTimeCodes: {
    table: oneTimeCodes,
    people: [oneTimeCodes.userId],
    erasure: { deleteBy: [oneTimeCodes.userId] },
    copy: { leftOut: 'Codes and links that were sent: they are dropped a day after they are over.' },
  },
  identities: {
    table: identities,
    people: [identities.userId],
    erasure: { deleteBy: [identities.userId] },
    copy: ownRows(
      'identities',
      identities,
      identities.userId,
      identities.subject,
      (row) => row.subject,
      ({ provider, subject, via, createdAt }) => ({ provider, subject, via, createdAt }),
    ),
  },
  devices: {
    table: devices,
    people: [devices.userId],
    erasure: { deleteBy: [devices.userId] },
    copy: { leftOut: 'Hashes that a device is known again by; what the devices are stands in `devices`, from their sessions.' },
  },
  limitCounts: {
    table: limitCounts,
    people: [],
    erasure: { keep: 'Counts under keyed hashes, dropped when their window is over.' },
    copy: { leftOut: 'Counts under keyed hashes.' },
  },
  webhookEvents: {
    table: webhookEvents,
    people: [],
    erasure: { keep: 'Names nobody: a provider’s id of a message and what became of it, dropped after 30 days.' },
    copy: { leftOut: 'Names nobody.' },
  },
  pushTokens: {
    table: pushTokens,
    people: [pushTokens.userId],
    erasure: { deleteBy: [pushTokens.userId] },
    copy: ownRows(
      'pushTokens',
      pushTokens,
      pushTokens.userId,
      pushTokens.token,
      (row) => row.token,
      ({ token, provider, platform, deviceId, createdAt }) => ({ token, provider, platform, deviceId, createdAt }),
    ),
  },
  notifications: {
    table: notifications,
    people: [notifications.userId, notifications.actorId],
    erasure: { deleteBy: [notifications.userId, notifications.actorId] },
    copy: rowsOf('notifications', {
      table: notifications,
      of: (userId) => eq(notifications.userId, userId),
      order: [notifications.createdAt, notifications.id],
      keyOf: (row) => [row.createdAt.toISOString(), row.id],
      show: ({ kind, data, createdAt, readAt }) => ({ kind, data, createdAt, readAt }),
    }),
  },
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
  deliveries: {
    table: deliveries,
    people: [deliveries.userId],
    erasure: { deleteBy: [deliveries.userId] },
    copy: rowsOf('deliveries', {
      table: deliveries,
      of: (userId) => eq(deliveries.userId, userId),
      order: [deliveries.sourceId, deliveries.channel, deliveries.target],
      keyOf: (row) => [row.sourceId, row.channel, row.target],
      show: ({ channel, target, kind, status, createdAt, sentAt }) => ({ channel, target, kind, status, createdAt, sentAt }),
    }),
  },
  swipes: {
    table: swipes,
    people: [swipes.swiperId, swipes.targetId],
    erasure: { deleteBy: [swipes.swiperId, swipes.targetId] },
    // What others think of someone is theirs.
    copy: rowsOf('swipes', {
      table: swipes,
      of: (userId) => eq(swipes.swiperId, userId),
      order: [swipes.targetId],
      keyOf: (row) => [row.targetId],
      show: ({ targetId, action, createdAt }) => ({ userId: targetId, action, createdAt }),
    }),
  },
  swipers: {
    table: swipers,
    people: [swipers.userId, swipers.rewoundId],
    erasure: { takeAway: dropSwiper },
    copy: { leftOut: 'How many super likes are left of today, and the last swipe that was taken back.' },
  },
  matches: {
    table: matches,
    people: [matches.userA, matches.userB],
    erasure: { deleteBy: [matches.userA, matches.userB] },
    copy: rowsOf('matches', {
      table: matches,
      of: (userId) => or(eq(matches.userA, userId), eq(matches.userB, userId)),
      order: [matches.id],
      keyOf: (row) => [row.id],
      show: ({ id, userA, userB, status, createdAt, endedAt, endReason }, userId) => ({
        id,
        userId: userA === userId ? userB : userA,
        status,
        createdAt,
        endedAt,
        endReason,
      }),
    }),
  },
  blocks: {
    table: blocks,
    people: [blocks.blockerId, blocks.blockedId],
    erasure: { takeAway: dropBlocks },
    copy: rowsOf('blocks', {
      table: blocks,
      of: (userId) => eq(blocks.blockerId, userId),
      order: [blocks.blockedId],
      keyOf: (row) => [row.blockedId],
      show: ({ blockedId, createdAt }) => ({ userId: blockedId, createdAt }),
    }),
  },
  friends: {
    table: friends,
    people: [friends.userId, friends.friendId],
    erasure: { deleteBy: [friends.userId, friends.friendId] },
    copy: rowsOf('friends', {
      table: friends,
      of: (userId) => eq(friends.userId, userId),
      order: [friends.friendId],
      keyOf: (row) => [row.friendId],
      show: ({ friendId, createdAt }) => ({ userId: friendId, since: createdAt }),
    }),
  },
  friendRequests: {
    table: friendRequests,
    people: [friendRequests.fromId, friendRequests.toId],
    erasure: { deleteBy: [friendRequests.fromId, friendRequests.toId] },
    // That a request was declined is told to the one who declined it only.
    copy: rowsOf('friendRequests', {
      table: friendRequests,
      of: (userId) => or(eq(friendRequests.fromId, userId), eq(friendRequests.toId, userId)),
      order: [friendRequests.id],
      keyOf: (row) => [row.id],
      show: ({ fromId, toId, createdAt, declinedAt, withdrawnAt }, userId) =>
        fromId === userId
          ? { direction: 'sent', userId: toId, createdAt, withdrawnAt }
          : { direction: 'received', userId: fromId, createdAt, declinedAt },
    }),
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
  reports: {
    table: reports,
    people: [reports.reporterId, reports.reportedId, reports.assigneeId, reports.resolvedBy],
    // What was done to others stays known, without the names.
    erasure: { takeAway: blankReports },
    copy: { leftOut: 'What someone reported stands in `reports`, entry by entry. What others reported is theirs.' },
  },
  reportEntries: { table: reportEntries, people: [], erasure: { keep: 'It is part of a report.' }, copy: reportsMade },
  reportEvidence: {
    table: reportEvidence,
    people: [],
    erasure: {
      keep: 'Profiles, photos and files go with the names of their report, see `blankReports`; what was written and called proves what was done.',
    },
    copy: { leftOut: 'Kept to prove what was done, of things that stand in the copy themselves.' },
  },
  warnings: {
    table: warnings,
    people: [warnings.userId, warnings.by],
    erasure: { takeAway: dropWarnings },
    copy: ownRows(
      'warnings',
      warnings,
      warnings.userId,
      warnings.id,
      (row) => row.id,
      ({ text, createdAt }) => ({ text, createdAt }),
    ),
  },
  syncHeads: {
    table: syncHeads,
    people: [syncHeads.userId],
    erasure: { deleteBy: [syncHeads.userId] },
    copy: { leftOut: 'A number of the platform’s own.' },
  },
  syncLog: {
    table: syncLog,
    people: [syncLog.userId],
    erasure: { deleteBy: [syncLog.userId] },
    copy: { leftOut: 'What devices are still to be told of what stands elsewhere, for thirty days.' },
  },
  idempotencyKeys: {
    table: idempotencyKeys,
    people: [idempotencyKeys.userId],
    erasure: { deleteBy: [idempotencyKeys.userId] },
    copy: { leftOut: 'Answers that are kept for a day, in case they were lost.' },
  },
  jobs: {
    table: jobs,
    people: [],
    erasure: { keep: 'Work to be done names accounts and nothing else of them; for one that is gone it does nothing.' },
    copy: { leftOut: 'Work to be done.' },
  },
  jobTurns: {
    table: jobTurns,
    people: [],
    erasure: { keep: 'When the platform was tidied last. It names nobody.' },
    copy: { leftOut: 'When the platform was tidied last.' },
  },
  auditLog: {
    table: auditLog,
    people: [],
    erasure: { keep: 'Who did what is kept for as long as the audit log is kept, to find and to prove misuse.' },
    copy: rowsOf('acts', {
      table: auditLog,
      of: (userId) => and(eq(auditLog.actorId, userId)),
      order: [auditLog.at, auditLog.id],
      keyOf: (row) => [row.at.toISOString(), row.id],
      show: ({ at, action, address }) => ({ at, action, address }),
    }),
  },
  dataExports: {
    table: dataExports,
    people: [dataExports.userId],
    erasure: { deleteBy: [dataExports.userId] },
    copy: { leftOut: 'The copy itself.' },
  },
  dataExportParts: {
    table: dataExportParts,
    people: [],
    erasure: { keep: 'It goes with its row of `data_exports`.' },
    copy: { leftOut: 'The copy itself.' },
  },
};
