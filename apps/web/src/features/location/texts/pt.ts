import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Localização',
} satisfies Translated<typeof english>;
