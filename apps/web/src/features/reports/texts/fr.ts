import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  action: 'Signaler',
  title: 'Signaler {name}',
  what: 'De quoi s’agit-il ?',
  chooseWhat: 'Choisis ce qui convient le mieux',
  text: 'Que s’est-il passé ?',
  textHint: 'Avec tes mots, autant que tu veux.',
  alsoBlock: 'Bloquer aussi {name}',
  alsoBlockHint: 'Vous ne vous verrez plus, ni l’un ni l’autre.',
  private: 'La modération l’examine. {name} n’en saura rien.',
  send: 'Envoyer le signalement',
  sent: 'Merci. Nous allons l’examiner.',
  mine: 'Tes signalements',
  noneTitle: 'Tu n’as signalé personne',
  noneText: 'Si quelqu’un te met mal à l’aise, signale-le sur sa page. Cette personne n’en saura rien.',
  when: 'Signalé {when}',
  statuses: {
    open: 'En attente',
    in_review: 'En cours d’examen',
    resolved: 'Traité',
  },
  verdicts: {
    acted: 'Nous avons agi.',
    dismissed: 'Nous n’avons rien trouvé de contraire à nos règles.',
  },
  categories: {
    underage: 'Moins de 18 ans',
    threats: 'Menaces ou violence',
    harassment: 'Harcèlement',
    hate: 'Haine',
    nudity: 'Nudité ou contenu sexuel',
    scam: 'Arnaque ou demande d’argent',
    fake_profile: 'Faux profil',
    offline_behaviour: 'Ce qui s’est passé en vrai',
    spam: 'Spam ou publicité',
    other: 'Autre chose',
  },
} satisfies Translated<typeof english>;
