/** Full years between a birth date (`YYYY-MM-DD`) and a day. */
export function ageOn(birthDate: string, today: Date): number {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const years = today.getUTCFullYear() - year;
  const hadBirthday = today.getUTCMonth() + 1 > month || (today.getUTCMonth() + 1 === month && today.getUTCDate() >= day);
  return hadBirthday ? years : years - 1;
}

/** The latest birth date of someone who is at least `age` on that day. */
export function bornBy(age: number, today: Date): string {
  return dayOf(birthdayLimit(age, today));
}

/** The earliest birth date of someone who is at most `age` on that day. */
export function bornAfter(age: number, today: Date): string {
  return dayOf(birthdayLimit(age + 1, today) + dayMs);
}

const dayMs = 24 * 60 * 60 * 1000;

/** The last day whose children have turned `age` by today, in milliseconds. */
function birthdayLimit(age: number, today: Date): number {
  const day = new Date(Date.UTC(today.getUTCFullYear() - age, today.getUTCMonth(), today.getUTCDate()));
  // On a 29 February there is no such day in most years, and who was born on the 1 March after it has not had their birthday.
  return day.getTime() - (day.getUTCMonth() === today.getUTCMonth() ? 0 : dayMs);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
