import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Willkommen',
} satisfies Translated<typeof english>;
