import type { StatusWords } from './words';

export const de: StatusWords = {
  suspended: {
    title: 'Dein Konto ist gesperrt',
    body: 'Unser Team hat dein Konto vorübergehend gesperrt, weil es gegen unsere Regeln verstoßen hat. Bis zum Ende der Sperre kannst du dich nicht anmelden, und niemand sieht dich.',
  },
  banned: {
    title: 'Dein Konto ist geschlossen',
    body: 'Unser Team hat dein Konto geschlossen, weil es gegen unsere Regeln verstoßen hat. Du kannst dich nicht mehr anmelden, und niemand sieht dich.',
  },
  until: (end) => `Die Sperre endet von selbst am ${end}. Du musst dafür nichts tun.`,
  withoutEnd: 'Die Sperre dauert, bis unser Team sie beendet.',
  objection: 'Du meinst, dass wir uns irren? Antworte auf diese Mail und sag uns, warum: Unser Team sieht es sich noch einmal an.',
  footer: 'Diese Mail betrifft dein Konto bei Heartline. Du bekommst sie unabhängig von deinen Einstellungen.',
};
