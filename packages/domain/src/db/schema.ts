/**
 * Every table of the platform.
 *
 * Indexes of lists are plain: read backwards they give the newest first. One made with `.desc()` is `DESC NULLS LAST`, which
 * PostgreSQL does not use for `ORDER BY … DESC`: every page would sort the whole table.
 */
export { warnings } from '../admin/table';
export { auditLog } from '../audit/table';
export { devices, identities, oneTimeCodes, sessions } from '../auth/table';
export { blocks } from '../blocks/table';
export { callParticipants, calls } from '../calls/table';
export { conversationMembers, conversations } from '../conversations/table';
export { discoveryCards } from '../discovery/table';
export { deviceEnvelopes, encryptionDevices, encryptionIdentities, oneTimeKeys, verifiedIdentities } from '../encryption/table';
export { friendRequests, friends } from '../friends/table';
export { jobs, jobTurns } from '../jobs/table';
export { limitCounts } from '../limits/table';
export { locations } from '../location/table';
export { matches, swipers, swipes } from '../matches/table';
export { media } from '../media/table';
export { hiddenMessages, messageReactions, messages, messageVersions } from '../messages/table';
export { deliveries, notifications, pushTokens } from '../notifications/table';
export { dataExportParts, dataExports } from '../personal-data/table';
export { photos } from '../photos/table';
export { idempotencyKeys } from '../pipeline/table';
export { lastSeen } from '../presence/table';
export { profiles, profileViews } from '../profiles/table';
export { reportEntries, reportEvidence, reports } from '../reports/table';
export { syncHeads, syncLog } from '../sync/table';
export { preferences, users } from '../users/table';
export { webhookEvents } from '../webhooks/table';
