import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Likes',
  text: 'Sie mögen dich. Mag sie auch, dann könnt ihr einander schreiben.',
  superLike: 'Super-Like',
  like: '{name} auch mögen',
  pass: '{name} übergehen',
  noneTitle: 'Keine Likes warten',
  noneText: 'Wer dich mag, steht hier. Ein vollständiges Profil hilft.',
  waiting: '{count, plural, one {# Person mag dich} other {# Leute mögen dich}}',
  see: 'Ansehen',
  back: 'Zurück zu den Matches',
} satisfies Translated<typeof english>;
