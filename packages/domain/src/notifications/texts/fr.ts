import { days, type MailWords, type MediaWords, plurals, type Words } from './words';

const many = plurals('fr');
const day = days('fr');
const sent: MediaWords = { image: 'Photo', audio: 'Message vocal', video: 'Vidéo' };

export const fr: Words = {
  new_device: ({ data, device }) => ({
    title: 'Nouvelle connexion à ton compte',
    body: `${device} s’est connecté depuis ${data.address}. Si ce n’était pas toi, déconnecte cet appareil et change de mot de passe.`,
  }),
  password_changed: ({ device }) => ({
    title: 'Ton mot de passe a été changé',
    body: `Il a été changé sur ${device}. Si ce n’était pas toi, réinitialise-le maintenant.`,
  }),
  warning: ({ data }) => ({ title: 'Un avertissement de notre équipe', body: data.reason }),
  report_resolved: ({ data }) => ({
    title: 'Nous avons examiné ton signalement',
    body:
      data.outcome === 'acted'
        ? 'Nous avons pris des mesures. Merci de nous avoir prévenus.'
        : 'Nous n’avons rien trouvé de contraire à nos règles. Merci de nous avoir prévenus.',
  }),
  photo_rejected: ({ data }) => ({
    title: 'Une de tes photos n’est pas affichée',
    body: data.reason ?? 'Elle ne respecte pas nos règles. Choisis-en une autre.',
  }),
  content_removed: ({ data }) => ({
    title: 'Nous avons retiré ce que tu as écrit',
    body: many(data.messages, {
      one: 'Un de tes messages était contraire à nos règles. Il n’est plus visible pour personne.',
      other: '# de tes messages étaient contraires à nos règles. Ils ne sont plus visibles pour personne.',
    }),
  }),
  export_ready: ({ data }) => ({ title: 'Tes données sont prêtes', body: `Tu peux les télécharger jusqu’au ${day(data.expiresAt)}.` }),
  friend_requested: ({ name }) => ({ title: 'Demande d’ami', body: `${name} t’a envoyé une demande d’ami.` }),
  friend_accepted: ({ name }) => ({ title: 'Une nouvelle amitié', body: `${name} a accepté ta demande.` }),
  match_created: ({ name }) => ({ title: 'C’est un match !', body: `${name} et toi, vous vous plaisez. Dis bonjour !` }),
  like_received: ({ count }) => ({
    title: many(count, {
      one: 'Tu plais à # personne',
      many: 'Tu plais à # de personnes',
      other: 'Tu plais à # personnes',
    }),
    body: 'Viens voir qui cela pourrait être.',
  }),
  call_missed: ({ name, data }) => ({
    title: data.type === 'video' ? 'Appel vidéo manqué' : 'Appel manqué',
    body: `${name} a essayé de te joindre.`,
  }),
  group_added: ({ name, data }) => ({ title: 'Tu es dans un nouveau groupe', body: `${name} t’a fait entrer dans « ${data.name} ».` }),
  message_received: ({ name, count, media }) => ({
    title: name,
    body:
      media !== null
        ? sent[media]
        : count === 1
          ? 'T’a envoyé un message'
          : many(count, { one: '# nouveau message', many: '# de nouveaux messages', other: '# nouveaux messages' }),
  }),
};

export const frMail: MailWords = {
  open: 'Ouvrir Heartline',
  why: 'Tu reçois cet e-mail en raison de ton compte Heartline. Tu peux choisir tes e-mails dans les paramètres.',
};
