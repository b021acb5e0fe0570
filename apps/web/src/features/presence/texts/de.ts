import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  online: 'Gerade da',
  lastSeen: 'Zuletzt da: {when}',
} satisfies Translated<typeof english>;
