import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Descubrir',
  like: 'Me gusta',
  pass: 'Pasar',
  superLike: 'Super like',
  undo: 'Deshacer',
  decide: 'Decidir',
  withKey: '{action} ({key})',
  keyboard: 'Teclado',
  filters: 'Filtros',
  filtersHint: '¿A quién te gustaría ver?',
  showPeople: 'Ver personas',
  about: 'Sobre mí',
  moreAbout: 'Más sobre {name}',
  interests: 'Intereses',
  noBio: '{name} deja que lo descubras preguntando.',
  said: {
    like: 'Te gusta {name}.',
    pass: 'Has dejado pasar a {name}.',
    super_like: 'Super like para {name}.',
    undone: 'Deshecho.',
  },
  everyone: {
    title: 'Ya has visto a todo el mundo',
    text: 'Llega gente nueva todo el tiempo. Un rango de edad o una distancia mayor ayuda, y un poco de paciencia también.',
    widen: 'Ampliar tus filtros',
    again: 'Volver a mirar',
  },
} satisfies Translated<typeof english>;
