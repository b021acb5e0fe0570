import type { Translated } from '../../language/translated';
import type english from './en';

export default {
  discover: 'Découvrir',
  matches: 'Matchs',
  chats: 'Messages',
  calls: 'Appels',
  profile: 'Profil',
  settings: 'Paramètres',
  notifications: 'Notifications',
  admin: 'Administration',
  main: 'Navigation principale',
  skip: 'Aller au contenu',
  unread: 'non lus',
} satisfies Translated<typeof english>;
