import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Matchs',
  new: 'Nouveau',
  more: 'Plus d’options pour {name}',
  viewProfile: 'Voir le profil',
  unmatch: 'Annuler le match',
  unmatchWhom: 'Annuler le match avec {name} ?',
  unmatchText: 'Vous ne pourrez plus vous écrire ni vous appeler. C’est définitif.',
  unmatched: 'Ton match avec {name} est annulé.',
  ends: 'Se termine {when}',
  matched: 'Match {when}',
  sayHelloTo: 'Dire bonjour à {name}',
  chatWith: 'Écrire à {name}',
  likeEachOther: '{name} et toi, vous vous plaisez.',
  sayHello: 'Dire bonjour',
  itsAMatch: 'C’est un match',
  keepLooking: 'Continuer à chercher',
  none: {
    title: 'Pas encore de match',
    text: 'Quand quelqu’un et toi vous plaisez, vous vous retrouvez ici.',
    action: 'Découvrir des profils',
  },
} satisfies Translated<typeof english>;
