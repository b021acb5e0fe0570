import type { Translated } from '../../language/translated';
import type english from './en';

export default {
  title: 'Nicht gefunden',
  heading: 'Niemand da',
  text: 'Diese Seite gibt es nicht, oder sie ist weitergezogen.',
  home: 'Zur Startseite',
} satisfies Translated<typeof english>;
