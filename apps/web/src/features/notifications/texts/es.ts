import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Notificaciones',
} satisfies Translated<typeof english>;
