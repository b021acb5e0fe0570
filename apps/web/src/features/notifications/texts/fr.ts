import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Notifications',
} satisfies Translated<typeof english>;
