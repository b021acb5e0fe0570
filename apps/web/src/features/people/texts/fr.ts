import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  deletedAccount: 'Compte supprimé',
  gender: {
    female: 'Femme',
    male: 'Homme',
    other: 'Autre',
  },
  genders: {
    female: 'Femmes',
    male: 'Hommes',
    other: 'Autres',
  },
} satisfies Translated<typeof english>;
