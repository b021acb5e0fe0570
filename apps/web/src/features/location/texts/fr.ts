import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Localisation',
  home: 'Où tu es',
  homeNone: 'Tu n’as pas dit où tu es.',
  privacy: 'Les autres voient à peu près à quelle distance tu es, jamais où.',
  device: 'Utiliser ma position',
  deviceRefused: 'Ton navigateur ne dit pas où tu es. Choisis plutôt une ville.',
  search: 'Ville',
  searchHint: 'Commence à écrire son nom.',
  found: '{count, plural, =0 {Aucune ville trouvée} one {# ville trouvée} other {# villes trouvées}}',
  saved: 'Tu es maintenant à {city}.',
  savedSomewhere: 'Ta localisation est enregistrée.',
  forget: 'Oublier ma localisation',
  forgotten: 'Ta localisation est oubliée.',
  passport: 'Passeport',
  passportText: 'Regarde qui est dans une autre ville, et montre-toi là-bas.',
  passportIn: 'On te voit à {city}.',
  passportEnd: 'Revenir chez moi',
  passportEnded: 'On te voit de nouveau là où tu es.',
  passportSearch: 'Ville à explorer',
  away: 'à {distance}',
} satisfies Translated<typeof english>;
