import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Emoji',
  add: 'Añadir un emoji',
  more: 'Otro emoji',
  react: 'Reaccionar con un emoji',
  search: 'Buscar emoji',
  none: 'Ningún emoji se llama así.',
  all: 'Emoji',
  categories: 'Categorías',
  tone: 'Tono de piel',
  noTone: 'Sin tono de piel',
} satisfies Translated<typeof english>;
