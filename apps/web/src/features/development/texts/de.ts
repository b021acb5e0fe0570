import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  provider: {
    title: '{provider}, zum Entwickeln',
    text: 'Hier ist kein Anbieter eingerichtet, du kannst also sein, wer du willst. In Produktion gibt es das nicht.',
    go: 'Diese Person sein',
  },
  open: 'Postausgang öffnen',
  title: 'Postausgang',
  text: 'Hier ist kein Anbieter eingerichtet, also geht nichts hinaus: Du kannst es hier lesen.',
  none: 'Noch nichts.',
} satisfies Translated<typeof english>;
