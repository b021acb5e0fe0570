import type { Translated } from '../../language/translated';
import type english from './en';

export default {
  title: 'Introuvable',
  heading: 'Il n’y a personne ici',
  text: 'Cette page n’existe pas, ou est partie voir ailleurs.',
  home: 'Retour à l’accueil',
} satisfies Translated<typeof english>;
