import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  offline: 'Offline. Was du schreibst, wird später gesendet.',
  connecting: 'Verbindung verloren. Neuer Versuch …',
  catchingUp: 'Wird aktualisiert …',
} satisfies Translated<typeof english>;
