import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Freunde',
} satisfies Translated<typeof english>;
