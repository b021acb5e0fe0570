import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Descobrir',
  like: 'Gosto',
  pass: 'Passar',
  superLike: 'Super like',
  undo: 'Desfazer',
  decide: 'Decidir',
  withKey: '{action} ({key})',
  keyboard: 'Teclado',
  filters: 'Filtros',
  filtersHint: 'Quem gostarias de ver?',
  showPeople: 'Ver pessoas',
  about: 'Sobre mim',
  moreAbout: 'Mais sobre {name}',
  interests: 'Interesses',
  noBio: '{name} deixa que descubras perguntando.',
  said: {
    like: 'Gostaste de {name}.',
    pass: 'Deixaste passar {name}.',
    super_like: 'Super like para {name}.',
    undone: 'Desfeito.',
  },
  everyone: {
    title: 'Já viste toda a gente',
    text: 'Há sempre gente nova a chegar. Um intervalo de idades ou uma distância maior ajuda, e um pouco de paciência também.',
    widen: 'Alargar os teus filtros',
    again: 'Ver outra vez',
  },
} satisfies Translated<typeof english>;
