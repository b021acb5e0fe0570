import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  offline: 'Sem ligação. O que escreveres é enviado mais tarde.',
  connecting: 'Ligação perdida. A tentar de novo…',
  catchingUp: 'A atualizar…',
} satisfies Translated<typeof english>;
