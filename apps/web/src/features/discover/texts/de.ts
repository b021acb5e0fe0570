import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Entdecken',
  like: 'Gefällt mir',
  pass: 'Weiter',
  superLike: 'Super-Like',
  undo: 'Rückgängig',
  decide: 'Entscheiden',
  withKey: '{action} ({key})',
  keyboard: 'Tastatur',
  filters: 'Filter',
  filtersHint: 'Wen möchtest du sehen?',
  showPeople: 'Leute zeigen',
  about: 'Über',
  moreAbout: 'Mehr über {name}',
  interests: 'Interessen',
  noBio: '{name} lässt dich nachfragen.',
  said: {
    like: '{name} gefällt dir.',
    pass: 'Weiter nach {name}.',
    super_like: 'Super-Like für {name}.',
    undone: 'Zurückgenommen.',
  },
  everyone: {
    title: 'Du hast alle gesehen',
    text: 'Ständig kommen neue Leute dazu. Eine größere Altersspanne oder Entfernung hilft, und etwas Geduld auch.',
    widen: 'Filter erweitern',
    again: 'Noch einmal schauen',
  },
} satisfies Translated<typeof english>;
