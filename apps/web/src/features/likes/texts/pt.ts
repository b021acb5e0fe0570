import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Gostos',
} satisfies Translated<typeof english>;
