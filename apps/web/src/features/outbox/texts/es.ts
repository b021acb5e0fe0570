import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Bandeja de salida',
} satisfies Translated<typeof english>;
