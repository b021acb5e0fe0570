import {
  type ChannelDefault,
  type NotificationCategory,
  type NotificationChannel,
  type NotificationKind,
  notificationCategories,
  notificationChannels,
  notificationKinds,
  type Preferences,
  type users,
  type WireInputOf,
} from '@app/contracts';

type Chosen = Preferences['notifications'];
export type NotificationChange = NonNullable<WireInputOf<typeof users.updatePreferences>['notifications']>;
type Switches = Readonly<Partial<Record<NotificationCategory, Readonly<Partial<Record<NotificationChannel, boolean>>>>>>;

/** What someone has set, as it is stored: a switch that was never touched is left out, and follows the default. */
export interface NotificationSettings {
  readonly push: boolean;
  readonly email: boolean;
  readonly sms: boolean;
  readonly categories?: Switches;
  readonly quietHours?: Chosen['quietHours'];
}

const categories = Object.entries(notificationCategories) as [NotificationCategory, Partial<Record<NotificationChannel, ChannelDefault>>][];

/** The settings whole, with the defaults of what was never touched. */
export function presentNotificationSettings({ push, email, sms, categories: set = {}, quietHours = null }: NotificationSettings): Chosen {
  const matrix = Object.fromEntries(
    categories.map(([category, channels]) => {
      const switches = Object.entries(channels)
        .filter(([, standard]) => standard !== 'always')
        .map(([channel, standard]) => [channel, set[category]?.[channel as NotificationChannel] ?? standard === 'on']);
      return [category, Object.fromEntries(switches)];
    }),
  );
  // What switches there are is said twice in the contracts, and a test holds the two equal.
  return { push, email, sms, categories: matrix as Chosen['categories'], quietHours };
}

/** The settings after a change. What is left out stays. */
export function changedNotificationSettings(before: NotificationSettings, change: NotificationChange = {}): NotificationSettings {
  const { categories: switched = {}, ...rest } = change;
  const matrix: Partial<Record<NotificationCategory, object>> = { ...before.categories };
  for (const [category, channels] of Object.entries(switched) as [NotificationCategory, object][]) {
    matrix[category] = { ...matrix[category], ...channels };
  }
  return { ...before, ...rest, categories: matrix };
}

/** The channels by which someone with these settings is told of a kind. */
export function channelsFor(kind: NotificationKind, settings: NotificationSettings): NotificationChannel[] {
  const { category } = notificationKinds[kind];
  const standards: Partial<Record<NotificationChannel, ChannelDefault>> = notificationCategories[category];
  return notificationChannels.filter((channel) => {
    const standard = standards[channel];
    if (standard === undefined) return false;
    if (standard === 'always') return true;
    return settings[channel] && (settings.categories?.[category]?.[channel] ?? standard === 'on');
  });
}
