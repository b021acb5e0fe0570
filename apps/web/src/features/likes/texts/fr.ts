import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Likes',
  text: 'Tu plais à ces personnes. Si c’est réciproque, vous pourrez vous écrire.',
  superLike: 'Super like',
  like: 'Liker {name} en retour',
  pass: 'Laisser passer {name}',
  noneTitle: 'Aucun like en attente',
  noneText: 'Les personnes à qui tu plais apparaissent ici. Un profil complet aide.',
  waiting: '{count, plural, one {Tu plais à # personne} other {Tu plais à # personnes}}',
  see: 'Voir qui',
  back: 'Retour aux matchs',
} satisfies Translated<typeof english>;
