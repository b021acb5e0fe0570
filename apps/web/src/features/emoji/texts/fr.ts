import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Emoji',
  add: 'Ajouter un emoji',
  more: 'Un autre emoji',
  react: 'Réagir avec un emoji',
  search: 'Chercher un emoji',
  none: 'Aucun emoji ne porte ce nom.',
  all: 'Emoji',
  categories: 'Catégories',
  tone: 'Couleur de peau',
  noTone: 'Sans couleur de peau',
} satisfies Translated<typeof english>;
