import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Fotos',
} satisfies Translated<typeof english>;
