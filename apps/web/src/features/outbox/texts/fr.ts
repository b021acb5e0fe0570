import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Boîte d’envoi',
} satisfies Translated<typeof english>;
