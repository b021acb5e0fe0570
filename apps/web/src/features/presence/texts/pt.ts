import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  online: 'Aqui agora',
  lastSeen: 'Aqui pela última vez: {when}',
} satisfies Translated<typeof english>;
