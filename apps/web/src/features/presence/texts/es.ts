import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  online: 'Aquí ahora',
  lastSeen: 'Aquí por última vez: {when}',
} satisfies Translated<typeof english>;
