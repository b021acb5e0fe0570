import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Denuncias',
} satisfies Translated<typeof english>;
