import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Tu cuenta',
} satisfies Translated<typeof english>;
