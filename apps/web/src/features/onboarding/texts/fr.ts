import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Bienvenue',
  step: 'Étape {step, number} sur {count, number}',
  photos: {
    title: 'Montre-toi',
    text: 'Les profils avec photos reçoivent bien plus de likes. Une seule suffit pour commencer.',
  },
  place: {
    title: 'Où es-tu ?',
    text: 'Pour voir qui est près de toi. Les autres voient ta ville, jamais l’endroit exact.',
  },
  about: {
    title: 'Quelques mots sur toi',
    text: 'Tu peux tout changer quand tu veux.',
  },
  go: 'Continuer',
  later: 'Pas maintenant',
  done: 'Voir qui est là',
  back: 'Retour',
} satisfies Translated<typeof english>;
