import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Dein Konto',
  copyTitle: 'Deine Daten',
  copyText: 'Eine Kopie von allem, was über dich gespeichert ist, als Datei, die Programme lesen können. Du kannst eine am Tag anfordern.',
  ask: 'Kopie anfordern',
  preparing: 'Deine Kopie wird vorbereitet. Du erfährst, wenn sie fertig ist.',
  ready: 'Deine Kopie liegt bis {until} bereit.',
  fetch: 'Kopie speichern',
  deleteTitle: 'Konto löschen',
  deleteText:
    'Du bist sofort für alle verschwunden: Matches und Freundschaften enden. Nach {days, number} Tagen ist dein Konto endgültig gelöscht. Nachrichten, die du anderen geschickt hast, bleiben bei ihnen.',
  password: 'Dein Passwort',
  enterPassword: 'Gib dein Passwort ein.',
  wrong: 'Das ist nicht dein Passwort.',
  recent: 'Melde dich ab und wieder an, und lösche dein Konto gleich danach.',
  delete: 'Mein Konto löschen',
  sure: 'Konto löschen?',
  sureText: 'Das lässt sich hier nicht rückgängig machen.',
  done: 'Dein Konto ist gelöscht. Endgültig entfernt wird es am {when}.',
  numbers: 'In Zahlen',
  likesGiven: 'Vergebene Likes',
  likesReceived: 'Erhaltene Likes',
  matches: 'Matches',
  friends: 'Freunde',
  conversations: 'Chats',
  messagesSent: 'Gesendete Nachrichten',
  messagesReceived: 'Erhaltene Nachrichten',
  calls: 'Anrufe',
  callMinutes: 'Gesprächsminuten',
  memberSince: 'Dabei seit {when}',
} satisfies Translated<typeof english>;
