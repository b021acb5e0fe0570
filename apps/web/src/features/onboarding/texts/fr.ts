import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Bienvenue',
} satisfies Translated<typeof english>;
