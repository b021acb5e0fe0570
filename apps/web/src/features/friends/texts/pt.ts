import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Amigos',
} satisfies Translated<typeof english>;
