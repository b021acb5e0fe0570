import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  open: 'Abrir la bandeja de salida',
  title: 'Bandeja de salida',
  text: 'Aquí no hay proveedor configurado, así que nada sale: puedes leerlo.',
  none: 'Nada todavía.',
} satisfies Translated<typeof english>;
