import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Standort',
} satisfies Translated<typeof english>;
