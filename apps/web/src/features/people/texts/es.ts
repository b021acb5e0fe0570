import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  deletedAccount: 'Cuenta eliminada',
  gender: {
    female: 'Mujer',
    male: 'Hombre',
    other: 'Otro',
  },
  genders: {
    female: 'Mujeres',
    male: 'Hombres',
    other: 'Otros',
  },
} satisfies Translated<typeof english>;
