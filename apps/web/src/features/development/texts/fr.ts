import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  open: 'Ouvrir la boîte d’envoi',
  title: 'Boîte d’envoi',
  text: 'Aucun fournisseur n’est configuré ici, rien ne part : tu peux tout lire.',
  none: 'Encore rien.',
} satisfies Translated<typeof english>;
