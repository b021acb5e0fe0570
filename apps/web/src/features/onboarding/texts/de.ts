import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Willkommen',
  step: 'Schritt {step, number} von {count, number}',
  photos: {
    title: 'Zeig dich',
    text: 'Profile mit Fotos bekommen viel mehr Likes. Eines reicht für den Anfang.',
  },
  place: {
    title: 'Wo bist du?',
    text: 'Damit du siehst, wer in der Nähe ist. Andere sehen deine Stadt, nie wo genau du bist.',
  },
  about: {
    title: 'Ein paar Worte über dich',
    text: 'Du kannst das alles jederzeit ändern.',
  },
  go: 'Weiter',
  later: 'Jetzt nicht',
  done: 'Schau, wer da ist',
  back: 'Zurück',
} satisfies Translated<typeof english>;
