import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Signalements',
} satisfies Translated<typeof english>;
