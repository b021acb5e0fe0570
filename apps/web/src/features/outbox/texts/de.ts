import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Postausgang',
} satisfies Translated<typeof english>;
