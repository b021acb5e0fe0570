import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  provider: {
    title: '{provider}, para desarrollo',
    text: 'Aquí no hay ningún proveedor configurado: puedes ser quien quieras. En producción esto no existe.',
    go: 'Ser esta persona',
  },
  open: 'Abrir la bandeja de salida',
  title: 'Bandeja de salida',
  text: 'Aquí no hay proveedor configurado, así que nada sale: se queda aquí para que lo leas.',
  none: 'Nada todavía.',
} satisfies Translated<typeof english>;
