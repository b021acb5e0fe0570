import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Me gusta',
} satisfies Translated<typeof english>;
