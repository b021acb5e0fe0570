import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Ton compte',
  copyTitle: 'Tes données',
  copyText:
    'Une copie de tout ce qui est conservé à ton sujet, dans un fichier lisible par des programmes. Tu peux en demander une par jour.',
  ask: 'Demander une copie',
  preparing: 'Ta copie est en préparation. Nous te préviendrons quand elle sera prête.',
  ready: 'Ta copie est disponible jusqu’au {until}.',
  fetch: 'Enregistrer la copie',
  deleteTitle: 'Supprimer le compte',
  deleteText:
    'Tu disparais aussitôt pour tout le monde : les matchs et les amitiés prennent fin. Après {days, number} jours, ton compte est effacé pour de bon. Les messages que tu as envoyés restent chez les autres.',
  password: 'Ton mot de passe',
  enterPassword: 'Saisis ton mot de passe.',
  wrong: 'Ce n’est pas ton mot de passe.',
  recent: 'Déconnecte-toi, reconnecte-toi, puis supprime ton compte aussitôt.',
  delete: 'Supprimer mon compte',
  sure: 'Supprimer ton compte ?',
  sureText: 'Tu ne peux pas revenir en arrière ici.',
  done: 'Ton compte est supprimé. Il sera effacé le {when}.',
  numbers: 'En chiffres',
  likesGiven: 'Likes donnés',
  likesReceived: 'Likes reçus',
  matches: 'Matchs',
  friends: 'Amis',
  conversations: 'Conversations',
  messagesSent: 'Messages envoyés',
  messagesReceived: 'Messages reçus',
  calls: 'Appels',
  callMinutes: 'Minutes d’appel',
  profileViews: 'Vues du profil',
  profileViewsThisWeek: 'Vues cette semaine',
  memberSince: 'Ici depuis le {when}',
} satisfies Translated<typeof english>;
