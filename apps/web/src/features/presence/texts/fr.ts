import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  online: 'Là en ce moment',
  lastSeen: 'Dernière visite : {when}',
} satisfies Translated<typeof english>;
