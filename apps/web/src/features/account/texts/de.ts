import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Dein Konto',
} satisfies Translated<typeof english>;
