import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { DisplayName, Gender, maximumAge, maximumDistanceKm, minimumAge } from './people';
import { roles } from './permissions';
import { Day, Done, Id, Timestamp } from './primitives';
import { PushProvider } from './push';
import { sampleIds } from './samples';

export const AccountStatus = z
  .enum(['active', 'suspended', 'banned', 'deleted'])
  .meta({ id: 'AccountStatus', description: 'Only an active account can be used.', examples: ['active'] });
export type AccountStatus = z.infer<typeof AccountStatus>;

/** The signed-in user's own account. The only place where email and birth date leave the platform. */
export const Me = z
  .object({
    id: Id.meta({ examples: [sampleIds.ada] }),
    email: z
      .string()
      .nullable()
      .meta({ description: 'In lower case; null where they sign in without one.', examples: ['ada@example.com'] }),
    emailVerified: z.boolean().meta({ description: 'Whether it is proven that the address is theirs.', examples: [true] }),
    phone: z
      .string()
      .nullable()
      .meta({ description: 'E.164, proven to be theirs; null where there is none.', examples: ['+351912345678'] }),
    hasPassword: z.boolean().meta({ description: 'Whether they can sign in with a password.', examples: [true] }),
    role: z.enum(roles).meta({ description: 'What the account may do beyond its own data.', examples: ['user'] }),
    status: AccountStatus,
    displayName: z.string().meta({ examples: ['Ada'] }),
    birthDate: Day,
    age: z.int().meta({ description: 'In full years, today.', examples: [29] }),
    gender: Gender,
    createdAt: Timestamp.meta({ examples: ['2025-11-02T09:12:45.000Z'] }),
  })
  .meta({ id: 'Me', description: "The signed-in user's own account." });
export interface Me extends z.infer<typeof Me> {}

const Age = z.int().min(minimumAge).max(maximumAge);

const notificationSwitches = {
  push: z.boolean().meta({ description: 'On the phone. Off: only what is always sent comes this way.', examples: [true] }),
  email: z.boolean().meta({ description: 'Off: only what is always sent comes this way.', examples: [true] }),
  sms: z.boolean().meta({ examples: [false] }),
};

const on = z.boolean().meta({ examples: [true] });
const off = z.boolean().meta({ examples: [false] });

/** For each category the channels that can be switched: those that are neither always used nor never. */
const categoryFields = {
  security: { sms: off },
  safety: { push: on },
  reports: { push: on, email: on },
  account: { push: on, email: on },
  friends: { push: on, email: off },
  matches: { push: on, email: off },
  likes: { push: on, email: off },
  messages: { push: on },
  calls: { push: on },
};

const categoriesOf = {
  security: { description: 'Who can get into the account.' },
  safety: { description: 'What moderators have decided about you.' },
  reports: { description: 'What came of your reports.' },
  account: { description: 'The account itself.' },
  friends: { description: 'Requests and their answers.' },
  matches: { description: 'New matches.' },
  likes: { description: 'Likes received.' },
  messages: { description: 'New messages.' },
  calls: { description: 'Missed calls.' },
};

const ClockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ description: '`HH:MM`, from 00:00 to 23:59.', examples: ['22:00'] });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const quietHoursFields = {
  from: ClockTime,
  to: ClockTime.meta({ description: '`HH:MM`; before `from`: of the next day.', examples: ['07:00'] }),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'There is no such time zone')
    .meta({ description: 'Where these hours hold, as in the IANA database.', examples: ['Europe/Lisbon'] }),
};

const quietHours = { description: 'When pushes wait, but for what is always sent; null: never.', examples: [null] };
const categories = { description: 'By which of its channels each category comes, where the channel as such is on.' };

const privacyFields = {
  profileVisibility: z.enum(['public', 'matches', 'hidden']).meta({
    description:
      '`public`: anyone signed in; `matches`: only people you are matched or friends with, or have asked to be friends; `hidden`: nobody new, and left out of discovery.',
    examples: ['public'],
  }),
  showOnlineStatus: z.boolean().meta({
    description:
      'Whether people you are matched or friends with see that you are here now, and you see it of them. Without it nobody sees when you were last here either.',
    examples: [true],
  }),
  showLastSeen: z.boolean().meta({
    description: 'Whether people you are matched or friends with see when you were last here, and you see it of them.',
    examples: [true],
  }),
  showDistance: z.boolean().meta({ description: 'Whether others see about how far away you are.', examples: [true] }),
};

/** What the app can be read in. */
export const Language = z.enum(['en', 'fr', 'de', 'es', 'pt']).meta({ examples: ['en'] });
export type Language = z.infer<typeof Language>;

const appFields = {
  theme: z.enum(['light', 'dark', 'system']).meta({ examples: ['system'] }),
  language: Language,
  autoPlayVideos: z.boolean().meta({ examples: [true] }),
};

const discoveryFields = {
  genders: z
    .array(Gender)
    .min(1)
    .max(3)
    .meta({ description: 'Who to see.', examples: [['male', 'other']] }),
  ageMin: Age.meta({ description: 'In years.', examples: [25] }),
  ageMax: Age.meta({ description: 'In years.', examples: [35] }),
  maxDistanceKm: z
    .int()
    .min(1)
    .max(maximumDistanceKm)
    .nullable()
    .meta({ description: 'How far away they may be, in kilometres; null: anywhere, the near ones first.', examples: [50] }),
};

const sections = {
  notifications: { description: 'By which ways to be told of things.' },
  privacy: { description: 'What others may see.' },
  app: { description: 'How the app looks and behaves.' },
  discovery: { description: 'Whom to be shown.' },
};

export const Preferences = z
  .object({
    notifications: z
      .object({
        ...notificationSwitches,
        categories: z
          .object({
            security: z.object(categoryFields.security).meta(categoriesOf.security),
            safety: z.object(categoryFields.safety).meta(categoriesOf.safety),
            reports: z.object(categoryFields.reports).meta(categoriesOf.reports),
            account: z.object(categoryFields.account).meta(categoriesOf.account),
            friends: z.object(categoryFields.friends).meta(categoriesOf.friends),
            matches: z.object(categoryFields.matches).meta(categoriesOf.matches),
            likes: z.object(categoryFields.likes).meta(categoriesOf.likes),
            messages: z.object(categoryFields.messages).meta(categoriesOf.messages),
            calls: z.object(categoryFields.calls).meta(categoriesOf.calls),
          })
          .meta(categories),
        quietHours: z.object(quietHoursFields).nullable().meta(quietHours),
      })
      .meta(sections.notifications),
    privacy: z.object(privacyFields).meta(sections.privacy),
    app: z.object(appFields).meta(sections.app),
    discovery: z.object(discoveryFields).meta(sections.discovery),
  })
  .meta({ id: 'Preferences', description: 'Everything a person has set.' });
export interface Preferences extends z.infer<typeof Preferences> {}

/** What a new account starts with. */
export const defaultPreferences: Preferences = {
  notifications: {
    push: true,
    email: true,
    sms: false,
    categories: {
      security: { sms: false },
      safety: { push: true },
      reports: { push: true, email: true },
      account: { push: true, email: true },
      friends: { push: true, email: false },
      matches: { push: true, email: false },
      likes: { push: true, email: false },
      messages: { push: true },
      calls: { push: true },
    },
    quietHours: null,
  },
  privacy: { profileVisibility: 'public', showOnlineStatus: true, showLastSeen: true, showDistance: true },
  app: { theme: 'system', language: 'en', autoPlayVideos: true },
  discovery: { genders: ['female', 'male', 'other'], ageMin: minimumAge, ageMax: maximumAge, maxDistanceKm: null },
};

/** A deleted account is erased for good after this long. In days. */
export const erasureDays = 30;
/** Who has no password deletes their account on a device that has signed in at most this long ago. In minutes. */
export const recentSignInMinutes = 10;
/** A copy of everything held about someone can be fetched for this long. In days. */
export const exportDays = 7;
/** Nobody gets more than one copy in this time. In hours. */
export const exportEveryHours = 24;

/** The copy of everything that is held about someone. */
export const DataExport = z
  .object({
    status: z
      .enum(['preparing', 'ready'])
      .meta({ description: 'It takes a while; a notification tells when it is ready.', examples: ['ready'] }),
    requestedAt: Timestamp.meta({ examples: ['2026-01-15T10:30:00.000Z'] }),
    readyAt: Timestamp.nullable().meta({ description: 'Null while it is prepared.', examples: ['2026-01-15T10:30:02.000Z'] }),
    expiresAt: Timestamp.nullable().meta({
      description: 'Until when it can be fetched; null while it is prepared.',
      examples: ['2026-01-22T10:30:02.000Z'],
    }),
    parts: z.int().meta({ description: 'How many parts it has so far. Put together in order they are one JSON document.', examples: [3] }),
    bytes: z.int().meta({ description: 'How long it is so far, in bytes of UTF-8.', examples: [81_920] }),
  })
  .meta({ id: 'DataExport', description: 'A copy of everything that is held about you.' });
export interface DataExport extends z.infer<typeof DataExport> {}

const many = (description: string, example: number) => z.int().meta({ description, examples: [example] });

/** What someone has done here, in numbers. */
export const Statistics = z
  .object({
    likesGiven: many('People you like.', 42),
    likesReceived: many('People who like you, those left out who are not there for you.', 37),
    matches: many('Matches you have now.', 9),
    friends: many('Friends you have now.', 5),
    conversations: many('Conversations in your list.', 7),
    messagesSent: many('Messages you have ever sent, deleted ones too.', 310),
    messagesReceived: many('Messages that were ever sent to you, deleted ones too.', 295),
    calls: many('Calls that were answered.', 12),
    callMinutes: many('How long those were, in full minutes together.', 184),
    profileViews: many('How often others have looked at your profile: one is counted once a day.', 128),
    profileViewsThisWeek: many('Of those, within the last seven days, today too.', 14),
    memberSince: Timestamp.meta({ examples: ['2025-11-02T09:12:45.000Z'] }),
  })
  .meta({ id: 'Statistics', description: 'What you have done here, in numbers.' });
export interface Statistics extends z.infer<typeof Statistics> {}

export const users = {
  me: endpoint({
    method: 'GET',
    path: '/users/me',
    summary: 'The signed-in account.',
    access: 'user',
    output: Me,
  }),
  updateMe: endpoint({
    method: 'PATCH',
    path: '/users/me',
    summary: 'Change name, birth date or gender. What is left out stays.',
    access: 'user',
    body: { displayName: DisplayName.optional(), birthDate: Day.optional(), gender: Gender.optional() },
    output: Me,
    errors: ['UNDER_AGE'],
    idempotency: 'natural',
  }),
  preferences: endpoint({
    method: 'GET',
    path: '/users/me/preferences',
    summary: 'Notification, privacy, app and discovery settings.',
    access: 'user',
    output: Preferences,
  }),
  updatePreferences: endpoint({
    method: 'PATCH',
    path: '/users/me/preferences',
    summary: 'Change settings. What is left out stays.',
    access: 'user',
    body: {
      notifications: z
        .strictObject({
          ...notificationSwitches,
          categories: z
            .strictObject({
              security: z.strictObject(categoryFields.security).partial().meta(categoriesOf.security),
              safety: z.strictObject(categoryFields.safety).partial().meta(categoriesOf.safety),
              reports: z.strictObject(categoryFields.reports).partial().meta(categoriesOf.reports),
              account: z.strictObject(categoryFields.account).partial().meta(categoriesOf.account),
              friends: z.strictObject(categoryFields.friends).partial().meta(categoriesOf.friends),
              matches: z.strictObject(categoryFields.matches).partial().meta(categoriesOf.matches),
              likes: z.strictObject(categoryFields.likes).partial().meta(categoriesOf.likes),
              messages: z.strictObject(categoryFields.messages).partial().meta(categoriesOf.messages),
              calls: z.strictObject(categoryFields.calls).partial().meta(categoriesOf.calls),
            })
            .partial()
            .meta(categories),
          quietHours: z.strictObject(quietHoursFields).nullable().meta(quietHours),
        })
        .partial()
        .optional()
        .meta(sections.notifications),
      privacy: z.strictObject(privacyFields).partial().optional().meta(sections.privacy),
      app: z.strictObject(appFields).partial().optional().meta(sections.app),
      discovery: z.strictObject(discoveryFields).partial().optional().meta(sections.discovery),
    },
    output: Preferences,
    errors: ['INVALID_AGE_RANGE'],
    idempotency: 'natural',
  }),
  addPushToken: endpoint({
    method: 'POST',
    path: '/users/me/push-tokens',
    summary: 'Have pushes sent to this device.',
    description:
      'Call it at each start of the app and whenever the token changes. A token belongs to whoever gave it last, and each device has one ' +
      'for each push service. Signing the device out takes it away.',
    access: 'user',
    body: {
      token: z
        .string()
        .trim()
        .min(1)
        // Longer than what the services give out today: they may grow.
        .max(4096)
        .meta({ description: 'As the push service gave it to the app.', examples: ['cQw8vN3xR1yT-fcm:APA91bEexample'] }),
      provider: PushProvider,
      platform: z.enum(['ios', 'android', 'web']).meta({ description: 'What the device runs.', examples: ['android'] }),
      deviceId: z
        .string()
        .min(1)
        .max(128)
        .optional()
        .meta({ description: 'What the device calls itself, for support.', examples: ['pixel-9'] }),
    },
    output: Done,
    errors: ['PUSH_TOKEN_INVALID'],
    limit: { max: 60, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
  }),
  removePushToken: endpoint({
    method: 'DELETE',
    path: '/users/me/push-tokens',
    summary: 'Have no more pushes sent to this device.',
    access: 'user',
    output: Done,
    idempotency: 'natural',
  }),
  deleteMe: endpoint({
    method: 'DELETE',
    path: '/users/me',
    summary: 'Delete your account.',
    description:
      'At once you are signed out everywhere and gone for everyone: matches and friendships end, a call is hung up. The account is erased ' +
      `for good after ${erasureDays} days. Until then nobody can sign up with its email or phone number. Messages that you sent to others ` +
      'stay theirs. Who has a password gives it; who has none has to have signed in on this device just before.',
    access: 'user',
    body: {
      password: z
        .string()
        .max(128)
        .optional()
        .meta({ description: 'Of an account that has one.', examples: ['correct horse battery'] }),
    },
    output: z
      .object({ erasedAt: Timestamp.meta({ description: 'When it is erased for good.', examples: ['2026-02-14T10:30:00.000Z'] }) })
      .meta({ id: 'AccountDeleted', description: 'An account that is deleted.' }),
    errors: ['PASSWORD_WRONG', 'RECENT_SIGN_IN_REQUIRED', 'LAST_OWNER'],
    limit: { max: 5, windowSeconds: 15 * 60, by: ['user'], counts: 'failures' },
  }),
  statistics: endpoint({
    method: 'GET',
    path: '/users/me/statistics',
    summary: 'What you have done here, in numbers.',
    access: 'user',
    output: Statistics,
    transport: 'both',
  }),
  exportMe: endpoint({
    method: 'POST',
    path: '/users/me/export',
    summary: 'Ask for a copy of everything that is held about you.',
    description: `It is prepared in the background. Asked for again within ${exportEveryHours} hours, the one there is is answered.`,
    access: 'user',
    output: DataExport,
    limit: { max: 30, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
  }),
  exportStatus: endpoint({
    method: 'GET',
    path: '/users/me/export',
    summary: 'How far the copy of everything that is held about you is.',
    access: 'user',
    output: z
      .object({ export: DataExport.nullable().meta({ description: 'Null where there is none, or it has expired.' }) })
      .meta({ id: 'DataExportStatus', description: 'The copy of what is held about you, if there is one.' }),
  }),
  exportPart: endpoint({
    method: 'GET',
    path: '/users/me/export/part',
    summary: 'One part of the copy. All of them together, in order, are one JSON document.',
    access: 'user',
    query: {
      part: z
        .int()
        .min(1)
        .max(1_000_000)
        .meta({ description: 'From 1 to `parts`.', examples: [1] }),
    },
    output: z
      .object({
        part: z.int().meta({ examples: [1] }),
        parts: z.int().meta({ examples: [3] }),
        text: z.string().meta({ description: 'A piece of the document.', examples: ['{"account":[{"id":"019a43d7"}]'] }),
      })
      .meta({ id: 'DataExportPart', description: 'A part of the copy of what is held about you.' }),
    errors: ['EXPORT_NOT_FOUND'],
    limit: { max: 600, windowSeconds: 60, by: ['user'] },
  }),
};
