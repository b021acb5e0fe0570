import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Matches',
  new: 'Neu',
  more: 'Mehr zu {name}',
  viewProfile: 'Profil ansehen',
  unmatch: 'Match auflösen',
  unmatchWhom: 'Match mit {name} auflösen?',
  unmatchText: 'Ihr könnt euch dann nicht mehr schreiben oder anrufen. Das lässt sich nicht zurücknehmen.',
  unmatched: 'Du und {name} habt kein Match mehr.',
  ends: 'Endet {when}',
  matched: 'Match {when}',
  sayHelloTo: '{name} Hallo sagen',
  chatWith: 'Mit {name} chatten',
  likeEachOther: 'Du und {name} mögt euch.',
  sayHello: 'Hallo sagen',
  itsAMatch: 'Es ist ein Match',
  keepLooking: 'Weiter umsehen',
  none: {
    title: 'Noch keine Matches',
    text: 'Wenn du und jemand euch mögt, findest du die Person hier.',
    action: 'Leute entdecken',
  },
} satisfies Translated<typeof english>;
