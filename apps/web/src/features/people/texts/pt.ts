import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  deletedAccount: 'Conta eliminada',
  gender: {
    female: 'Mulher',
    male: 'Homem',
    other: 'Outro',
  },
  genders: {
    female: 'Mulheres',
    male: 'Homens',
    other: 'Outros',
  },
} satisfies Translated<typeof english>;
