import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  offline: 'Hors ligne. Ce que tu écris sera envoyé plus tard.',
  connecting: 'Connexion perdue. Nouvelle tentative…',
  catchingUp: 'Mise à jour…',
} satisfies Translated<typeof english>;
