import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Notificações',
} satisfies Translated<typeof english>;
