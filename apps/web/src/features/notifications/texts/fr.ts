import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Notifications',
  unread: '{count, plural, one {# notification non lue} other {# notifications non lues}}',
  markAll: 'Tout marquer comme lu',
  new: 'Nouveau',
  kinds: {
    match_created: '{name} et toi, vous vous plaisez.',
    like_received: '{count, plural, one {Tu plais à quelqu’un.} other {Tu plais à # personnes.}}',
    friend_requested: '{name} t’a envoyé une demande d’ami.',
    friend_accepted: '{name} et toi êtes maintenant amis.',
    call_missed: 'Tu as manqué un appel de {name}.',
    group_added: '{name} t’a fait entrer dans « {group} ».',
    new_device:
      'Nouvelle connexion : {device}, depuis {address}. Si ce n’était pas toi, déconnecte cet appareil et change ton mot de passe.',
    password_changed: 'Ton mot de passe a été changé sur {device}.',
    warning: 'Un mot de la modération : {reason}',
    report_acted: 'Nous avons examiné ton signalement, et des mesures ont été prises.',
    report_dismissed: 'Nous avons examiné ton signalement, sans constater d’infraction.',
    photo_rejected: 'L’une de tes photos n’est pas affichée.',
    content_removed: 'La modération a retiré quelque chose que tu as écrit.',
    export_ready: 'La copie de tes données est prête.',
    other: 'Il y a du nouveau.',
  },
  device: {
    on: '{app} sous {system}',
    unknown: 'Appareil inconnu',
    unknownApp: 'Appli inconnue',
    ours: 'L’appli',
    program: 'Un programme',
  },
  someone: 'Quelqu’un',
  none: {
    title: 'Rien de nouveau',
    text: 'Ce que tu devrais savoir apparaît ici.',
  },
} satisfies Translated<typeof english>;
