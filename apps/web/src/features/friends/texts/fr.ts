import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Amis',
} satisfies Translated<typeof english>;
