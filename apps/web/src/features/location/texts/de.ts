import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Standort',
  home: 'Wo du bist',
  homeNone: 'Du hast nicht gesagt, wo du bist.',
  privacy: 'Andere sehen ungefähr, wie weit weg du bist, nie wo.',
  device: 'Meine Position nutzen',
  deviceRefused: 'Dein Browser verrät nicht, wo du bist. Wähle stattdessen eine Stadt.',
  search: 'Stadt',
  searchHint: 'Tippe die ersten Buchstaben.',
  found: '{count, plural, =0 {Keine Stadt gefunden} one {# Stadt gefunden} other {# Städte gefunden}}',
  saved: 'Du bist jetzt in {city}.',
  savedSomewhere: 'Dein Standort ist gespeichert.',
  forget: 'Standort vergessen',
  forgotten: 'Dein Standort ist vergessen.',
  passport: 'Reisepass',
  passportText: 'Sieh dich in einer anderen Stadt um und werde dort gesehen.',
  passportIn: 'Du wirst in {city} gesehen.',
  passportEnd: 'Zurück nach Hause',
  passportEnded: 'Du wirst wieder dort gesehen, wo du bist.',
  passportSearch: 'Stadt zum Umsehen',
  away: '{distance} entfernt',
} satisfies Translated<typeof english>;
