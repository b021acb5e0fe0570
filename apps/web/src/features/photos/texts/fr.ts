import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Photos',
} satisfies Translated<typeof english>;
