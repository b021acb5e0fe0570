import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  offline: 'Sin conexión. Lo que escribas se enviará más tarde.',
  connecting: 'Conexión perdida. Reintentando…',
  catchingUp: 'Poniéndonos al día…',
} satisfies Translated<typeof english>;
