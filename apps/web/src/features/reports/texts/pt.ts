import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Denúncias',
} satisfies Translated<typeof english>;
