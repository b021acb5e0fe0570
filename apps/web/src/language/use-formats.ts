import { useMemo } from 'react';
import { clockTime, dateAndTime, dayName, duration, listTime, longDate, quantity, relativeTime } from './time';
import { useLocale } from './use-texts';

export type Formats = ReturnType<typeof formatsIn>;

/** Times, numbers and lists as they are written in a locale. */
export function formatsIn(locale: string) {
  return {
    clockTime: (iso: string) => clockTime(iso, locale),
    longDate: (time: string | number) => longDate(time, locale),
    dateAndTime: (iso: string) => dateAndTime(iso, locale),
    listTime: (iso: string, now: number) => listTime(iso, now, locale),
    dayName: (iso: string, now: number) => dayName(iso, now, locale),
    relativeTime: (iso: string, now: number) => relativeTime(iso, now, locale),
    quantity: (value: number, unit: Parameters<typeof quantity>[1], display?: 'long' | 'short') => quantity(value, unit, locale, display),
    duration,
    number: (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options).format(value),
    /** `Ada, Ben and Clara`. */
    list: (parts: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),
  };
}

/** Times, numbers and lists as they are written in the language of the app. Follows it at once. */
export function useFormats(): Formats {
  const locale = useLocale();
  return useMemo(() => formatsIn(locale), [locale]);
}
