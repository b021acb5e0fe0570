import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'J’aime',
} satisfies Translated<typeof english>;
