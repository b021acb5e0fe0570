import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  open: 'Postausgang öffnen',
  title: 'Postausgang',
  text: 'Hier ist kein Anbieter eingerichtet, also geht nichts hinaus: Du kannst es hier lesen.',
  none: 'Noch nichts.',
} satisfies Translated<typeof english>;
