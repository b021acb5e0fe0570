import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { DisplayName, Gender, maximumAge, maximumDistanceKm, minimumAge } from './people';
import { roles } from './permissions';
import { Day, Id, Timestamp } from './primitives';
import { sampleIds } from './samples';

export const AccountStatus = z
  .enum(['active', 'suspended', 'banned', 'deleted'])
  .meta({ id: 'AccountStatus', description: 'Only an active account can be used.', examples: ['active'] });
export type AccountStatus = z.infer<typeof AccountStatus>;

/** The signed-in user's own account. The only place where email and birth date leave the platform. */
export const Me = z
  .object({
    id: Id.meta({ examples: [sampleIds.ada] }),
    email: z.string().meta({ description: 'In lower case.', examples: ['ada@example.com'] }),
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

const notificationFields = {
  push: z.boolean().meta({ description: 'On the phone.', examples: [true] }),
  email: z.boolean().meta({ examples: [false] }),
  sms: z.boolean().meta({ examples: [false] }),
};

const privacyFields = {
  profileVisibility: z.enum(['public', 'matches', 'hidden']).meta({
    description:
      '`public`: anyone signed in; `matches`: only people you are matched with; `hidden`: nobody new, and left out of discovery.',
    examples: ['public'],
  }),
  showOnlineStatus: z.boolean().meta({ description: 'Whether others see that you are here now.', examples: [true] }),
  showLastSeen: z.boolean().meta({ description: 'Whether others see when you were last here.', examples: [true] }),
  showDistance: z.boolean().meta({ description: 'Whether others see about how far away you are.', examples: [true] }),
};

const appFields = {
  theme: z.enum(['light', 'dark', 'system']).meta({ examples: ['system'] }),
  language: z.enum(['en', 'fr', 'de', 'es', 'pt']).meta({ examples: ['en'] }),
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
    notifications: z.object(notificationFields).meta(sections.notifications),
    privacy: z.object(privacyFields).meta(sections.privacy),
    app: z.object(appFields).meta(sections.app),
    discovery: z.object(discoveryFields).meta(sections.discovery),
  })
  .meta({ id: 'Preferences', description: 'Everything a person has set.' });
export interface Preferences extends z.infer<typeof Preferences> {}

/** What a new account starts with. */
export const defaultPreferences: Preferences = {
  notifications: { push: true, email: false, sms: false },
  privacy: { profileVisibility: 'public', showOnlineStatus: true, showLastSeen: true, showDistance: true },
  app: { theme: 'system', language: 'en', autoPlayVideos: true },
  discovery: { genders: ['female', 'male', 'other'], ageMin: minimumAge, ageMax: maximumAge, maxDistanceKm: null },
};

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
      notifications: z.strictObject(notificationFields).partial().optional().meta(sections.notifications),
      privacy: z.strictObject(privacyFields).partial().optional().meta(sections.privacy),
      app: z.strictObject(appFields).partial().optional().meta(sections.app),
      discovery: z.strictObject(discoveryFields).partial().optional().meta(sections.discovery),
    },
    output: Preferences,
    errors: ['INVALID_AGE_RANGE'],
    idempotency: 'natural',
  }),
};
