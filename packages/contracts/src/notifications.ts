import * as z from 'zod';
import { CallType } from './calls';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { Person } from './people';
import { Done, Id, page, pageFields, Timestamp } from './primitives';
import { sampleGroup, sampleIds } from './samples';
import { GroupName } from './system-notes';

/** The ways to reach someone who is not looking. What is in the app's own list is there in any case. */
export const notificationChannels = ['push', 'email', 'sms'] as const;
export type NotificationChannel = (typeof notificationChannels)[number];

/** `always`: nobody can switch it off; `on` and `off`: what holds until the person says otherwise. */
export type ChannelDefault = 'always' | 'on' | 'off';

/** What notifications are about, and by which ways each may come. A channel that is not named is never used for it. */
export const notificationCategories = {
  /** Who can get into the account. */
  security: { push: 'always', email: 'always', sms: 'off' },
  /** What the people who keep the platform safe have decided. */
  safety: { push: 'on', email: 'always' },
  /** What came of what one has reported. */
  reports: { push: 'on', email: 'on' },
  account: { push: 'on', email: 'on' },
  friends: { push: 'on', email: 'off' },
  matches: { push: 'on', email: 'off' },
  likes: { push: 'on', email: 'off' },
  messages: { push: 'on' },
  calls: { push: 'on' },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<NotificationChannel, ChannelDefault>>>>>;

export type NotificationCategory = keyof typeof notificationCategories;

const about = { description: 'Who it is about is `person`.' };

/**
 * Every kind of notification. Closed: a kind that is not here cannot be told, and one without a text in every language does
 * not compile. `listed: false`: not in the app's list, which has another place for it; it is only delivered.
 * `gathers`: while it is unread, the next one does not stand beside it: it adds to its `count`, and nobody is named; or, about the same
 * `conversation`, takes its place.
 */
export const notificationKinds = {
  new_device: {
    category: 'security',
    listed: true,
    data: z
      .object({
        sessionId: Id.meta({ description: 'To sign it out.', examples: [sampleIds.otherSession] }),
        device: z.string().meta({ description: 'The device in words.', examples: ['Firefox on Linux'] }),
        address: z.string().meta({ description: 'Where it signed in from.', examples: ['203.0.113.7'] }),
      })
      .meta({ description: 'A device that signed in for the first time.' }),
  },
  password_changed: {
    category: 'security',
    listed: true,
    data: z
      .object({ device: z.string().meta({ description: 'The device that changed it, in words.', examples: ['Firefox on Linux'] }) })
      .meta({ description: 'Where the password was changed.' }),
  },
  warning: {
    category: 'safety',
    listed: true,
    data: z
      .object({ reason: z.string().meta({ description: 'As the moderator wrote it.', examples: ['Please be kind to others.'] }) })
      .meta({ description: 'What a moderator says.' }),
  },
  report_resolved: {
    category: 'reports',
    listed: true,
    data: z
      .object({
        outcome: z.enum(['acted', 'dismissed']).meta({ description: '`acted`: something was done about it.', examples: ['acted'] }),
      })
      .meta({ description: 'What came of a report of yours.' }),
  },
  photo_rejected: {
    category: 'safety',
    listed: true,
    data: z
      .object({
        photoId: Id.meta({ examples: [sampleIds.otherSession] }),
        reason: z
          .string()
          .nullable()
          .meta({ description: 'Null where none was given.', examples: ['There is nobody to be seen.'] }),
      })
      .meta({ description: 'A photo that is not shown.' }),
  },
  content_removed: {
    category: 'safety',
    listed: true,
    data: z
      .object({
        messages: z
          .int()
          .min(1)
          .meta({ description: 'How many of your messages.', examples: [1] }),
      })
      .meta({ description: 'What you wrote and a moderator has taken away.' }),
  },
  export_ready: {
    category: 'account',
    listed: true,
    data: z
      .object({ expiresAt: Timestamp.meta({ description: 'Until when it can be fetched.', examples: ['2026-01-22T10:30:00.000Z'] }) })
      .meta({ description: 'A copy of everything that is held about you.' }),
  },
  friend_requested: { category: 'friends', listed: true, data: z.object({}).meta({ ...about, examples: [{}] }) },
  friend_accepted: { category: 'friends', listed: true, data: z.object({}).meta({ ...about, examples: [{}] }) },
  match_created: {
    category: 'matches',
    listed: true,
    data: z.object({ matchId: Id.meta({ examples: [sampleIds.match] }) }).meta(about),
  },
  like_received: {
    category: 'likes',
    listed: true,
    gathers: 'count',
    data: z
      .object({
        count: z
          .int()
          .min(1)
          .meta({ description: 'Likes since it was last read. From whom is not said here.', examples: [3] }),
      })
      .meta({ description: 'How many, and not who.' }),
  },
  call_missed: {
    category: 'calls',
    listed: true,
    data: z.object({ callId: Id.meta({ examples: [sampleIds.call] }), type: CallType }).meta(about),
  },
  group_added: {
    category: 'messages',
    listed: true,
    gathers: 'conversation',
    data: z
      .object({
        conversationId: Id.meta({ description: 'The group.', examples: [sampleIds.group] }),
        name: GroupName.meta({ description: 'What it was called then.', examples: [sampleGroup.name] }),
      })
      .meta({ description: 'The group that you were added to. Who did it is `person`.' }),
  },
  message_received: {
    category: 'messages',
    listed: false,
    data: z.object({ conversationId: Id.meta({ examples: [sampleIds.conversation] }) }).meta({ description: 'Where it was written.' }),
  },
} as const satisfies Readonly<Record<string, KindDefinition>>;

interface KindDefinition {
  readonly category: NotificationCategory;
  readonly listed: boolean;
  readonly gathers?: 'count' | 'conversation';
  readonly data: z.core.$ZodType;
}

export type NotificationKind = keyof typeof notificationKinds;
/** The kinds that stand in the app's list. */
export type ListedKind = { [K in NotificationKind]: (typeof notificationKinds)[K]['listed'] extends true ? K : never }[NotificationKind];
/** What is told with a kind. */
export type NotificationData<K extends NotificationKind> = z.output<(typeof notificationKinds)[K]['data']>;

const NotificationId = Id.meta({ examples: [sampleIds.notification] });

function told<K extends ListedKind>(kind: K) {
  const { category, data } = notificationKinds[kind];
  return z.object({
    id: NotificationId,
    kind: z.literal(kind).meta({ examples: [kind] }),
    category: z
      .literal(category as (typeof notificationKinds)[K]['category'])
      .meta({ description: 'What it is about, as in the preferences.', examples: [category] }),
    data: data as (typeof notificationKinds)[K]['data'],
    person: Person.nullable().meta({ description: 'Whom it is about; null where it is about nobody.' }),
    createdAt: Timestamp.meta({ description: 'When it was last added to.', examples: ['2026-01-14T18:02:11.000Z'] }),
    readAt: Timestamp.nullable().meta({ description: 'Null while it is unread.', examples: [null] }),
  });
}

export const Notification = z
  .discriminatedUnion('kind', [
    told('match_created'),
    told('new_device'),
    told('password_changed'),
    told('warning'),
    told('report_resolved'),
    told('photo_rejected'),
    told('content_removed'),
    told('export_ready'),
    told('friend_requested'),
    told('friend_accepted'),
    told('like_received'),
    told('call_missed'),
    told('group_added'),
  ])
  .meta({ id: 'Notification', description: 'Something that someone is told. Its `kind` says what `data` holds.' });
export type Notification = z.infer<typeof Notification>;

/** More than this many are not counted. */
export const maxUnreadNotifications = 100;

export const notifications = {
  list: endpoint({
    method: 'GET',
    path: '/notifications',
    summary: 'What you were told, the newest first.',
    description: 'Nothing about people who are gone: deleted, banned, blocked by you or you by them.',
    access: 'user',
    query: {
      ...pageFields,
      unread: z
        .boolean()
        .default(false)
        .meta({ description: 'Only what is unread.', examples: [false] }),
    },
    output: page(Notification).meta({ id: 'NotificationPage', description: 'A page of notifications.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
  unreadCount: endpoint({
    method: 'GET',
    path: '/notifications/unread-count',
    summary: 'How many notifications are unread.',
    access: 'user',
    output: z
      .object({
        count: z.int().meta({ description: `${maxUnreadNotifications} stands for that many or more.`, examples: [2] }),
      })
      .meta({ id: 'UnreadNotifications', description: 'How many notifications are unread.' }),
    transport: 'both',
  }),
  markRead: endpoint({
    method: 'POST',
    path: '/notifications/:notificationId/read',
    summary: 'Mark a notification as read.',
    access: 'user',
    params: { notificationId: NotificationId },
    output: Done,
    errors: ['NOTIFICATION_NOT_FOUND'],
    idempotency: 'natural',
    transport: 'both',
  }),
  markAllRead: endpoint({
    method: 'POST',
    path: '/notifications/read',
    summary: 'Mark everything as read that stands in the list up to now.',
    access: 'user',
    body: {
      upTo: Timestamp.optional().meta({
        description: '`createdAt` of the newest one that was seen, so that what came in the meantime stays unread. Left out: everything.',
        examples: ['2026-01-14T18:02:11.000Z'],
      }),
    },
    output: Done,
    idempotency: 'natural',
    transport: 'both',
  }),
};

export const notificationEvents = {
  'notification:created': event({
    summary: 'Someone is told something, or one of their unread notifications was added to.',
    audience: 'The one whom it is for.',
    delivery: 'durable',
    data: z.object({ notification: Notification }).meta({ id: 'NotificationCreated', description: 'A new notification.' }),
  }),
  'notification:read': event({
    summary: 'Notifications were read on one of the devices.',
    audience: 'The one whom they were for.',
    delivery: 'durable',
    data: z
      .object({
        notificationId: NotificationId.nullable().meta({ description: 'The one that was read; null: all up to `upTo`.' }),
        upTo: Timestamp.nullable().meta({ description: 'Everything up to this time was read; null: only the one.', examples: [null] }),
        readAt: Timestamp.meta({ examples: ['2026-01-14T18:05:00.000Z'] }),
      })
      .meta({ id: 'NotificationsRead', description: 'Which notifications were read.' }),
  }),
};
