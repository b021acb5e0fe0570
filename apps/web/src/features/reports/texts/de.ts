import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Meldungen',
} satisfies Translated<typeof english>;
