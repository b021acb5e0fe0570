import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Likes',
} satisfies Translated<typeof english>;
