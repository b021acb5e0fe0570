import type { Translated } from '../../language/translated';
import type english from './en';

export default {
  discover: 'Entdecken',
  matches: 'Matches',
  chats: 'Chats',
  calls: 'Anrufe',
  profile: 'Profil',
  settings: 'Einstellungen',
  notifications: 'Mitteilungen',
  admin: 'Verwaltung',
  main: 'Hauptnavigation',
  skip: 'Zum Inhalt springen',
  unread: 'ungelesen',
} satisfies Translated<typeof english>;
