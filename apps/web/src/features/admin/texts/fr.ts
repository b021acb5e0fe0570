import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Administration',
} satisfies Translated<typeof english>;
