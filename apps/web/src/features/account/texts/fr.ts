import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Ton compte',
} satisfies Translated<typeof english>;
