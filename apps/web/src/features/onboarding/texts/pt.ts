import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Boas-vindas',
} satisfies Translated<typeof english>;
