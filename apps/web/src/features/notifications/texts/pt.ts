import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Notificações',
  unread: '{count, plural, one {# notificação por ler} other {# notificações por ler}}',
  markAll: 'Marcar tudo como lido',
  new: 'Nova',
  kinds: {
    match_created: 'Tu e {name} gostam um do outro.',
    like_received: '{count, plural, one {Alguém gosta de ti.} other {# pessoas gostam de ti.}}',
    friend_requested: '{name} enviou-te um pedido de amizade.',
    friend_accepted: 'Tu e {name} agora são amigos.',
    call_missed: 'Perdeste uma chamada de {name}.',
    group_added: '{name} adicionou-te a «{group}».',
    new_device: 'Novo início de sessão: {device}, a partir de {address}. Se não foste tu, termina essa sessão e muda a palavra-passe.',
    password_changed: 'A tua palavra-passe foi mudada em {device}.',
    warning: 'Um aviso da moderação: {reason}',
    report_acted: 'Analisámos a tua denúncia e foram tomadas medidas.',
    report_dismissed: 'Analisámos a tua denúncia e não encontrámos infração.',
    photo_rejected: 'Uma das tuas fotos não é mostrada.',
    content_removed: 'A moderação removeu algo que escreveste.',
    export_ready: 'A cópia dos teus dados está pronta.',
    other: 'Há novidades.',
  },
  device: {
    on: '{app} ({system})',
    unknown: 'Dispositivo desconhecido',
    unknownApp: 'Aplicação desconhecida',
    ours: 'A aplicação',
    program: 'Um programa',
  },
  someone: 'Alguém',
  none: {
    title: 'Nada de novo',
    text: 'Aqui aparece o que deves saber.',
  },
} satisfies Translated<typeof english>;
