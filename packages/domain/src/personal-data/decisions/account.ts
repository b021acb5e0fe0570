import { eq } from 'drizzle-orm';
import { devices, identities, oneTimeCodes, sessions } from '../../auth/table';
import type * as tables from '../../db/schema';
import { discoveryCards } from '../../discovery/table';
import { locations } from '../../location/table';
import { deliveries, notifications, pushTokens } from '../../notifications/table';
import { leavePhotos } from '../../photos/jobs';
import { photos } from '../../photos/table';
import { lastSeen } from '../../presence/table';
import { profiles, profileViews } from '../../profiles/table';
import { presentPreferences } from '../../users/accounts';
import { preferences, users } from '../../users/table';
import type { TableDecision } from '../decision';
import { account } from '../joined-sections';
import { ownRows, rowsOf } from '../sections';

/** What is of one person alone, and their devices. */
export const accountDecisions = {
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
} satisfies Partial<Record<keyof typeof tables, TableDecision>>;
