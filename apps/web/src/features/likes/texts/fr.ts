import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'J’aime',
  text: 'Ces personnes t’aiment. Aime-les en retour et vous pourrez vous écrire.',
  superLike: 'Super like',
  like: 'Aimer {name} en retour',
  pass: 'Passer {name}',
  noneTitle: 'Aucun j’aime en attente',
  noneText: 'Qui t’aime apparaît ici. Un profil complet aide.',
  waiting: '{count, plural, one {# personne t’aime} other {# personnes t’aiment}}',
  see: 'Voir qui',
  back: 'Retour aux matchs',
} satisfies Translated<typeof english>;
