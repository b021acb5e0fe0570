import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Verwaltung',
} satisfies Translated<typeof english>;
