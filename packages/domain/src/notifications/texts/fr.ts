import { days, type MailWords, plurals, type Words } from './words';

const many = plurals('fr');
const day = days('fr');

export const fr: Words = {
  new_device: ({ data }) => ({
    title: 'Nouvelle connexion à votre compte',
    body: `${data.device} s’est connecté depuis ${data.address}. Si ce n’était pas vous, déconnectez cet appareil et changez de mot de passe.`,
  }),
  password_changed: ({ data }) => ({
    title: 'Votre mot de passe a été changé',
    body: `Il a été changé sur ${data.device}. Si ce n’était pas vous, réinitialisez-le maintenant.`,
  }),
  warning: ({ data }) => ({ title: 'Un avertissement de notre équipe', body: data.reason }),
  report_resolved: ({ data }) => ({
    title: 'Nous avons examiné votre signalement',
    body:
      data.outcome === 'acted'
        ? 'Nous avons pris des mesures. Merci de nous avoir prévenus.'
        : 'Nous n’avons rien trouvé de contraire à nos règles. Merci de nous avoir prévenus.',
  }),
  photo_rejected: ({ data }) => ({
    title: 'Une de vos photos n’est pas affichée',
    body: data.reason ?? 'Elle ne respecte pas nos règles. Veuillez en choisir une autre.',
  }),
  export_ready: ({ data }) => ({ title: 'Vos données sont prêtes', body: `Vous pouvez les télécharger jusqu’au ${day(data.expiresAt)}.` }),
  friend_requested: ({ name }) => ({ title: 'Demande d’ami', body: `${name} aimerait faire partie de vos amis.` }),
  friend_accepted: ({ name }) => ({ title: 'Une nouvelle amitié', body: `${name} a accepté votre demande.` }),
  match_created: ({ name }) => ({ title: 'C’est un match !', body: `${name} et vous vous plaisez. Dites bonjour !` }),
  like_received: ({ count }) => ({
    title: many(count, {
      one: '# personne vous aime bien',
      many: '# de personnes vous aiment bien',
      other: '# personnes vous aiment bien',
    }),
    body: 'Venez voir qui cela pourrait être.',
  }),
  call_missed: ({ name, data }) => ({
    title: data.type === 'video' ? 'Appel vidéo manqué' : 'Appel manqué',
    body: `${name} a essayé de vous joindre.`,
  }),
  message_received: ({ name, count }) => ({
    title: name,
    body:
      count === 1
        ? 'Vous a envoyé un message'
        : many(count, { one: '# nouveau message', many: '# de nouveaux messages', other: '# nouveaux messages' }),
  }),
};

export const frMail: MailWords = {
  open: 'Ouvrir Heartline',
  why: 'Vous recevez cet e-mail en raison de votre compte Heartline. Vous pouvez choisir vos e-mails dans les réglages.',
};
