import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Matches',
  new: 'Nuevo',
  more: 'Más sobre {name}',
  viewProfile: 'Ver perfil',
  unmatch: 'Deshacer match',
  unmatchWhom: '¿Deshacer el match con {name}?',
  unmatchText: 'Ya no podréis escribiros ni llamaros. No se puede deshacer.',
  unmatched: '{name} y tú ya no tenéis match.',
  ends: 'Termina {when}',
  matched: 'Match {when}',
  sayHelloTo: 'Saludar a {name}',
  chatWith: 'Chatear con {name}',
  likeEachOther: '{name} y tú os gustáis.',
  sayHello: 'Saludar',
  itsAMatch: 'Es un match',
  keepLooking: 'Seguir mirando',
  none: {
    title: 'Aún no hay matches',
    text: 'Cuando alguien y tú os gustéis, aparecerá aquí.',
    action: 'Descubrir personas',
  },
} satisfies Translated<typeof english>;
