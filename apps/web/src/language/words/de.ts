import type { Translated } from '../translated';
import type english from './en';

export default {
  language: 'Sprache',
  loading: 'Wird geladen …',
  tryAgain: 'Noch einmal versuchen',
  showMore: 'Mehr anzeigen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  back: 'Zurück',
  save: 'Speichern',
  show: 'Zeigen',
  hide: 'Verbergen',
  details: 'Details',
  dismiss: 'Meldung schließen',
  notice: 'Meldung',
  choose: 'Auswählen',
} satisfies Translated<typeof english>;
