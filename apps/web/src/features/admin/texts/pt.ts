import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Administração',
} satisfies Translated<typeof english>;
