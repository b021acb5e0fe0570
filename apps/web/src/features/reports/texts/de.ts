import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  action: 'Melden',
  title: '{name} melden',
  what: 'Worum geht es?',
  chooseWhat: 'Wähle, was am besten passt',
  text: 'Was ist passiert?',
  textHint: 'In deinen Worten, so viel du magst.',
  alsoBlock: '{name} auch blockieren',
  alsoBlockHint: 'Ihr seht euch gegenseitig nicht mehr.',
  private: 'Die Moderation sieht es sich an. {name} erfährt nichts davon.',
  send: 'Meldung senden',
  sent: 'Danke. Wir sehen es uns an.',
  mine: 'Deine Meldungen',
  noneTitle: 'Du hast niemanden gemeldet',
  noneText: 'Wenn du dich bei jemandem unwohl fühlst, melde die Person auf ihrer Seite. Sie erfährt nichts davon.',
  when: '{when} gemeldet',
  statuses: {
    open: 'Wartet',
    in_review: 'Wird angesehen',
    resolved: 'Erledigt',
  },
  verdicts: {
    acted: 'Wir haben etwas unternommen.',
    dismissed: 'Wir haben nichts gefunden, was gegen unsere Regeln verstößt.',
  },
  categories: {
    underage: 'Jünger als 18',
    threats: 'Drohungen oder Gewalt',
    harassment: 'Belästigung',
    hate: 'Hass',
    nudity: 'Nacktheit oder Sexuelles',
    scam: 'Betrug oder Geldforderung',
    fake_profile: 'Falsches Profil',
    offline_behaviour: 'Was beim Treffen geschah',
    spam: 'Spam oder Werbung',
    other: 'Etwas anderes',
  },
} satisfies Translated<typeof english>;
