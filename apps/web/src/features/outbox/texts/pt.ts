import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Caixa de saída',
} satisfies Translated<typeof english>;
