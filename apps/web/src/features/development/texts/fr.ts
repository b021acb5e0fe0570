import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  provider: {
    title: '{provider}, pour le développement',
    text: 'Aucun fournisseur n’est configuré ici : tu peux être qui tu veux. En production, cela n’existe pas.',
    go: 'Être cette personne',
  },
  open: 'Ouvrir la boîte d’envoi',
  title: 'Boîte d’envoi',
  text: 'Aucun fournisseur n’est configuré ici, rien ne part : tout reste ici, à lire.',
  none: 'Encore rien.',
} satisfies Translated<typeof english>;
