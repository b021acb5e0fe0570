import type { Translated } from '../translated';
import type english from './en';

export default {
  language: 'Langue',
  loading: 'Chargement…',
  tryAgain: 'Réessayer',
  showMore: 'Afficher plus',
  cancel: 'Annuler',
  close: 'Fermer',
  back: 'Retour',
  save: 'Enregistrer',
  show: 'Afficher',
  hide: 'Masquer',
  details: 'Détails',
  dismiss: 'Fermer ce message',
  notice: 'Message',
  choose: 'Choisir',
} satisfies Translated<typeof english>;
