import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Localisation',
} satisfies Translated<typeof english>;
