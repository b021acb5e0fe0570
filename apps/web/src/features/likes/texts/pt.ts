import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Gostos',
  text: 'Gostam de ti. Gosta também e podem escrever um ao outro.',
  superLike: 'Super like',
  like: 'Gostar de {name} também',
  pass: 'Deixar passar {name}',
  noneTitle: 'Nenhum gosto à espera',
  noneText: 'Quem gosta de ti aparece aqui. Um perfil completo ajuda.',
  waiting: '{count, plural, one {# pessoa gosta de ti} other {# pessoas gostam de ti}}',
  see: 'Ver quem',
  back: 'Voltar aos matches',
} satisfies Translated<typeof english>;
