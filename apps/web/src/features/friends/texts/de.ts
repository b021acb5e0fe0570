import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Freunde',
  backToProfile: 'Zurück zum Profil',
  received: 'Anfragen an dich',
  sent: 'Deine Anfragen',
  yours: 'Deine Freunde',
  accept: 'Annehmen',
  decline: 'Ablehnen',
  takeBack: 'Zurückziehen',
  askedWhen: 'Gefragt {when}',
  since: 'Befreundet seit {when}',
  accepted: 'Du und {name} seid befreundet.',
  declined: 'Abgelehnt. {name} erfährt nichts davon.',
  ask: 'Freundschaft anfragen',
  asked: 'Du hast {name} gefragt.',
  asksYou: '{name} möchte mit dir befreundet sein.',
  remove: 'Freundschaft beenden',
  removeTitle: 'Freundschaft mit {name} beenden?',
  removeText: 'Ihr verschwindet aus der Freundesliste des anderen. Du kannst jederzeit wieder fragen.',
  removed: 'Du und {name} seid nicht mehr befreundet.',
  noneTitle: 'Noch keine Freunde',
  noneText: 'Du kannst jemanden auf seiner Seite fragen.',
} satisfies Translated<typeof english>;
