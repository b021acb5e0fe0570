/** Full years between a birth date (`YYYY-MM-DD`) and a day. */
export function ageOn(birthDate: string, today: Date): number {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const years = today.getUTCFullYear() - year;
  const hadBirthday = today.getUTCMonth() + 1 > month || (today.getUTCMonth() + 1 === month && today.getUTCDate() >= day);
  return hadBirthday ? years : years - 1;
}

/** The latest birth date of someone who is at least `age` on that day. */
export function bornBy(age: number, today: Date): string {
  return dayBefore(today, age, 0);
}

/** The earliest birth date of someone who is at most `age` on that day. */
export function bornAfter(age: number, today: Date): string {
  return dayBefore(today, age + 1, 1);
}

function dayBefore(today: Date, years: number, plusDays: number): string {
  const day = new Date(Date.UTC(today.getUTCFullYear() - years, today.getUTCMonth(), today.getUTCDate() + plusDays));
  return day.toISOString().slice(0, 10);
}
