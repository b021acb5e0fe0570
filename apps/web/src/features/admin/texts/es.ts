import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Administración',
} satisfies Translated<typeof english>;
