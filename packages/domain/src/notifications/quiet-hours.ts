import type { Preferences } from '@app/contracts';

type QuietHours = NonNullable<Preferences['notifications']['quietHours']>;

const dayMinutes = 24 * 60;

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** The time of day in a time zone, in minutes since midnight. */
function minuteIn(timeZone: string, now: Date): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now);
  return minutesOf(clock);
}

/** When these quiet hours are over, where `now` is in them. Where clocks are changed that night, it may be an hour off. */
export function endOfQuiet(hours: QuietHours | null | undefined, now: Date): Date | undefined {
  if (hours == null) return undefined;
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
  const minute = minuteIn(hours.timeZone, now);
  const isQuiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return undefined;
  const left = (to - minute + dayMinutes) % dayMinutes;
  return new Date(Math.floor(now.getTime() / 60_000) * 60_000 + left * 60_000);
}
