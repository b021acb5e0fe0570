/** Times in words. `locale`: as `Intl` takes it. All times are shown in the time zone of the device. */

import { firstSpoken, type Language } from './languages';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const justNow: Readonly<Record<Language, string>> = {
  en: 'just now',
  fr: 'à l’instant',
  de: 'gerade eben',
  es: 'ahora mismo',
  pt: 'agora mesmo',
};

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** How many midnights lie between two times: 0 on the same day. */
function daysBetween(earlier: number, later: number): number {
  // Rounded, because a day of the change to summer time is an hour short.
  return Math.round((startOfDay(later) - startOfDay(earlier)) / day);
}

const capitalized = (text: string, locale: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

/** `Today` for 0, `Yesterday` for 1. */
function nearDay(daysAgo: 0 | 1, locale: string): string {
  return capitalized(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-daysAgo, 'day'), locale);
}

/** What stands beside each message. */
const besideMessages = {
  clockTime: { timeStyle: 'short' },
  dateAndTime: { dateStyle: 'medium', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Kept: making one takes a hundred times as long as asking it, and a conversation that is scrolled through asks thousands of times. */
const made = new Map<string, Intl.DateTimeFormat>();

function beside(what: keyof typeof besideMessages, locale: string): Intl.DateTimeFormat {
  const key = `${what} ${locale}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, besideMessages[what]);
  made.set(key, format);
  return format;
}

/** `10:30`, or `10:30 AM`. */
export function clockTime(iso: string, locale: string): string {
  return beside('clockTime', locale).format(new Date(iso));
}

/** `12 January 2024`. */
export function longDate(time: string | number, locale: string): string {
  return new Date(time).toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `12 Jan 2024, 10:30`. */
export function dateAndTime(iso: string, locale: string): string {
  return beside('dateAndTime', locale).format(new Date(iso));
}

/** For a list: `now`, `5 min`, `10:30` today, `Yesterday`, `Mon` this week, `12 Jan`, `12 Jan 2024`. */
export function listTime(iso: string, now: number, locale: string): string {
  const time = Date.parse(iso);
  const age = now - time;
  if (age < minute) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  if (age < hour) return quantity(Math.floor(age / minute), 'minute', locale, 'short');
  const days = daysBetween(time, now);
  if (days === 0) return clockTime(iso, locale);
  if (days === 1) return nearDay(1, locale);
  const date = new Date(time);
  if (days < 7) return date.toLocaleDateString(locale, { weekday: 'short' });
  if (date.getFullYear() === new Date(now).getFullYear()) return date.toLocaleDateString(locale, { day: 'numeric', month: 'short' });
  return date.toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** For a line between days: `Today`, `Yesterday`, `Monday`, `12 January`, `12 January 2024`. */
export function dayName(iso: string, now: number, locale: string): string {
  const time = Date.parse(iso);
  const days = daysBetween(time, now);
  if (days <= 0) return nearDay(0, locale);
  if (days === 1) return nearDay(1, locale);
  const date = new Date(time);
  if (days < 7) return capitalized(date.toLocaleDateString(locale, { weekday: 'long' }), locale);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString(locale, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** Within a sentence: `just now`, `5 minutes ago`, `yesterday`, `3 days ago`, `in 2 hours`. */
export function relativeTime(iso: string, now: number, locale: string): string {
  const away = Date.parse(iso) - now;
  const size = Math.abs(away);
  if (size < minute) return justNow[firstSpoken([locale])];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (size < hour) return format.format(Math.trunc(away / minute), 'minute');
  if (size < day) return format.format(Math.trunc(away / hour), 'hour');
  if (size < 30 * day) return format.format(Math.trunc(away / day), 'day');
  if (size < 365 * day) return format.format(Math.trunc(away / (30 * day)), 'month');
  return format.format(Math.trunc(away / (365 * day)), 'year');
}

/** `5 minutes`, `5 min`, `12 km`, `172 cm`. */
export function quantity(
  value: number,
  unit: 'second' | 'minute' | 'hour' | 'day' | 'kilometer' | 'centimeter',
  locale: string,
  unitDisplay: 'long' | 'short' = 'long',
): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(value);
}

/** `0:07`, `12:05`, `1:02:09`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
