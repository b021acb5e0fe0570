import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Mitteilungen',
} satisfies Translated<typeof english>;
