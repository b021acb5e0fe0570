import type { Translated } from '../../language/translated';
import type english from './en';

export default {
  title: 'No encontrado',
  heading: 'Aquí no hay nadie',
  text: 'Esta página no existe o ha pasado página.',
  home: 'Llévame al inicio',
} satisfies Translated<typeof english>;
