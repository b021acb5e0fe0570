import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Emoji',
  add: 'Acrescentar um emoji',
  more: 'Outro emoji',
  react: 'Reagir com um emoji',
  search: 'Procurar emoji',
  none: 'Nenhum emoji tem esse nome.',
  all: 'Emoji',
  categories: 'Categorias',
  tone: 'Tom de pele',
  noTone: 'Sem tom de pele',
} satisfies Translated<typeof english>;
