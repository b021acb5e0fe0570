import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Photos',
  hint: 'La première est celle qu’on voit d’abord. Déplace une photo par sa poignée, ou avec les flèches du clavier.',
  add: 'Ajouter des photos',
  room: '{count, plural, =0 {Il n’y a plus de place.} one {Encore # place.} other {Encore # places.}} JPEG, PNG, WebP ou AVIF, {megabytes, number} Mo au plus.',
  drop: 'Dépose tes photos ici',
  photo: 'Photo {place, number} sur {count, number}',
  first: 'En premier',
  waiting: 'En vérification',
  rejected: 'Non affichée',
  because: 'La photo {place, number} n’est pas affichée : {reason}',
  move: 'Déplacer la photo {place, number} avec les flèches',
  moved: 'Maintenant photo {place, number} sur {count, number}.',
  remove: 'Retirer la photo {place, number}',
  removeTitle: 'Retirer cette photo ?',
  removeText: 'Elle disparaît pour de bon, ici et pour tout le monde.',
  removeAction: 'Retirer',
  sending: 'Envoi, {percent}',
  making: 'Presque prête',
  stop: 'Arrêter l’envoi',
  forget: 'Laisser tomber',
  previous: 'Photo précédente',
  next: 'Photo suivante',
  shown: 'Photo {place, number} sur {count, number}',
} satisfies Translated<typeof english>;
