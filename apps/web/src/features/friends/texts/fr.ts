import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Amis',
  backToProfile: 'Retour au profil',
  received: 'Demandes reçues',
  sent: 'Tes demandes',
  yours: 'Tes amis',
  accept: 'Accepter',
  decline: 'Refuser',
  takeBack: 'Retirer',
  askedWhen: 'Demande envoyée {when}',
  since: 'Amis depuis le {when}',
  accepted: '{name} et toi êtes amis.',
  declined: 'Demande refusée. {name} n’en saura rien.',
  ask: 'Demander en ami',
  asked: 'Tu as envoyé une demande à {name}.',
  asksYou: '{name} t’a envoyé une demande d’ami.',
  remove: 'Mettre fin à l’amitié',
  removeTitle: 'Mettre fin à ton amitié avec {name} ?',
  removeText: 'Vous disparaissez de la liste d’amis de l’autre. Tu peux refaire une demande à tout moment.',
  removed: '{name} et toi n’êtes plus amis.',
  noneTitle: 'Pas encore d’amis',
  noneText: 'Tu peux envoyer une demande depuis la page de quelqu’un.',
} satisfies Translated<typeof english>;
