import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  on: 'Chiffré de bout en bout',
  menuStart: 'Chiffrer cette conversation',
  menuNumber: 'Numéro de sécurité',
  unreadable: 'Chiffré : illisible sur cet appareil',
  start: {
    title: 'Chiffrer cette conversation ?',
    what: 'À partir de maintenant, vous deux seuls pouvez lire ce que vous écrivez et voir ce que vous envoyez : ni nous, ni qui s’introduirait chez nous.',
    forGood: 'On ne peut pas revenir en arrière. Ce que vous avez écrit avant reste tel quel.',
    without:
      'La recherche n’y fonctionne plus. Un nouvel appareil ne lit que ce qui s’écrit après ton approbation, et qui perd tous ses appareils perd ce qui a été écrit.',
    seen: 'Nous voyons toujours qui écrit à qui et quand, la taille d’une photo, et avec quel emoji tu réagis.',
    browser:
      'Dans un navigateur, tu fais confiance à la page que nous servons. Comparez vos numéros de sécurité pour savoir que personne ne se trouve entre vous.',
    action: 'Chiffrer à partir de maintenant',
  },
  number: {
    title: 'Ton numéro de sécurité avec {name}',
    text: 'Compare-le avec {name}, en face ou lors d’un appel. Si vous voyez les mêmes chiffres, personne ne se trouve entre vous.',
    verified: 'Tu l’as comparé.',
    verify: 'C’est le même',
    accept: 'Continuer sans comparer',
    none: '{name} n’a aucun appareil qui puisse lire ce que tu écris.',
    devices: '{count, plural, one {# appareil de {name} peut le lire.} other {# appareils de {name} peuvent le lire.}}',
  },
  changed: 'L’identité de {name} a changé. C’est peut-être un nouveau téléphone, ou quelqu’un d’autre.',
  compare: 'Comparer',
  states: {
    not_set_up: 'Pour lire et écrire ce qui est chiffré, configure-le sur cet appareil.',
    off: 'Tu es déconnecté.',
    starting: 'Tes clés se chargent…',
    unapproved: 'Approuve cet appareil sur un autre que tu utilisais déjà. Il lira ce qui s’écrit ensuite.',
    elsewhere: 'Un autre onglet a tes clés. Ferme-le pour continuer ici.',
    lost: 'Les clés de cet appareil ont disparu. Déconnecte-toi puis reconnecte-toi pour en créer d’autres.',
    failed: 'Tes clés n’ont pas pu être chargées.',
  },
  setUp: 'Configurer sur cet appareil',
  again: 'Réessayer',
  toDevices: 'Tes appareils',
  devices: {
    title: 'Chiffrement',
    text: 'Lesquels de tes appareils peuvent lire tes conversations chiffrées.',
    current: 'Cet appareil',
    approved: 'Approuvé',
    waiting: 'En attente d’approbation',
    code: 'Code :',
    compare: 'Compare le code sur les deux appareils avant d’approuver.',
    approve: 'Les codes sont identiques : approuver',
    reset: 'Je n’ai pas d’autre appareil',
    resetTitle: 'Recommencer ?',
    resetText:
      'Tu reçois une autre identité, et les personnes à qui tu écris en sont averties. Ce qui a été écrit avant est illisible ici.',
    resetAction: 'Recommencer',
  },
} satisfies Translated<typeof english>;
