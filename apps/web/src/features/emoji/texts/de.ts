import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Emoji',
  add: 'Emoji einfügen',
  more: 'Anderes Emoji',
  react: 'Mit einem Emoji reagieren',
  search: 'Emoji suchen',
  none: 'Kein Emoji heißt so.',
  all: 'Emoji',
  categories: 'Kategorien',
  tone: 'Hautton',
  noTone: 'Kein Hautton',
} satisfies Translated<typeof english>;
