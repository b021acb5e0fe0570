import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Matches',
  new: 'Novo',
  more: 'Mais sobre {name}',
  viewProfile: 'Ver perfil',
  unmatch: 'Desfazer match',
  unmatchWhom: 'Desfazer o match com {name}?',
  unmatchText: 'Deixam de poder escrever ou ligar um ao outro. Não dá para voltar atrás.',
  unmatched: 'Tu e {name} já não têm match.',
  ends: 'Termina {when}',
  matched: 'Match {when}',
  sayHelloTo: 'Dizer olá a {name}',
  chatWith: 'Conversar com {name}',
  likeEachOther: 'Tu e {name} gostam um do outro.',
  sayHello: 'Dizer olá',
  itsAMatch: 'É um match',
  keepLooking: 'Continuar a ver',
  none: {
    title: 'Ainda sem matches',
    text: 'Quando tu e alguém gostarem um do outro, essa pessoa aparece aqui.',
    action: 'Descobrir pessoas',
  },
} satisfies Translated<typeof english>;
