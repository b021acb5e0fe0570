import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Découvrir',
  like: 'J’aime',
  pass: 'Passer',
  superLike: 'Super like',
  undo: 'Annuler',
  decide: 'Décider',
  withKey: '{action} ({key})',
  keyboard: 'Clavier',
  filters: 'Filtres',
  filtersHint: 'Qui aimerais-tu voir ?',
  showPeople: 'Voir les profils',
  about: 'À propos',
  moreAbout: 'En savoir plus sur {name}',
  interests: 'Centres d’intérêt',
  noBio: '{name} te laisse découvrir en posant la question.',
  said: {
    like: '{name} te plaît.',
    pass: 'Tu as laissé passer {name}.',
    super_like: 'Super like pour {name}.',
    undone: 'Annulé.',
  },
  everyone: {
    title: 'Tu as vu tout le monde',
    text: 'De nouvelles personnes arrivent sans cesse. Une tranche d’âge ou une distance plus large aide, un peu de patience aussi.',
    widen: 'Élargir tes filtres',
    again: 'Regarder à nouveau',
  },
} satisfies Translated<typeof english>;
