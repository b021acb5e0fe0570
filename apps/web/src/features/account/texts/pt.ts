import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'A tua conta',
} satisfies Translated<typeof english>;
