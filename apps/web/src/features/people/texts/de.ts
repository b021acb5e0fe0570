import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  deletedAccount: 'Gelöschtes Konto',
  gender: {
    female: 'Frau',
    male: 'Mann',
    other: 'Divers',
  },
  genders: {
    female: 'Frauen',
    male: 'Männer',
    other: 'Diverse',
  },
} satisfies Translated<typeof english>;
