import type { SignInWords } from './words';

export const de: SignInWords = {
  codeText: (code) => `${code} ist dein Heartline-Code. Er gilt 5 Minuten. Gib ihn niemandem weiter.`,
  codeMail: {
    title: (code) => `${code} ist dein Heartline-Code`,
    body: 'Gib ihn innerhalb von 5 Minuten in der App ein. Gib ihn niemandem weiter: Niemand bei Heartline wird dich danach fragen.',
  },
  link: {
    verify_email: {
      title: 'Bestätige deine E-Mail-Adresse',
      body: 'Bestätige, dass diese Adresse dir gehört. Der Link gilt 24 Stunden. Falls du kein Konto bei Heartline angelegt hast, öffne ihn nicht.',
      label: 'Adresse bestätigen',
    },
    reset_password: {
      title: 'Wähle ein neues Passwort',
      body: 'Du kannst innerhalb von 30 Minuten ein neues Passwort wählen. Alle deine Geräte werden abgemeldet. Falls du das nicht wolltest, musst du nichts tun.',
      label: 'Passwort wählen',
    },
  },
  enter: (token) => `Gib dies in der App ein: ${token}`,
  footer: 'Du bekommst diese Mail, weil jemand deine Adresse bei Heartline angegeben hat.',
};
