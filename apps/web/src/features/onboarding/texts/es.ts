import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Te damos la bienvenida',
} satisfies Translated<typeof english>;
