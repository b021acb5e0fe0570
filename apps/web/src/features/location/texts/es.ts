import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Ubicación',
} satisfies Translated<typeof english>;
