import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Notificaciones',
  unread: '{count, plural, one {# notificación sin leer} other {# notificaciones sin leer}}',
  markAll: 'Marcar todo como leído',
  new: 'Nuevo',
  kinds: {
    match_created: '{name} y tú os gustáis.',
    like_received: '{count, plural, one {Le gustas a alguien.} other {Les gustas a # personas.}}',
    friend_requested: '{name} te ha enviado una solicitud de amistad.',
    friend_accepted: '{name} y tú ya sois amigos.',
    call_missed: 'Tienes una llamada perdida de {name}.',
    group_added: '{name} te ha añadido a «{group}».',
    new_device: 'Nuevo inicio de sesión: {device}, desde {address}. Si no has sido tú, cierra esa sesión y cambia la contraseña.',
    password_changed: 'Tu contraseña se ha cambiado en {device}.',
    warning: 'Un aviso de moderación: {reason}',
    report_acted: 'Hemos revisado tu denuncia y se han tomado medidas.',
    report_dismissed: 'Hemos revisado tu denuncia y no vemos ninguna infracción.',
    photo_rejected: 'Una de tus fotos no se muestra.',
    content_removed: 'La moderación ha retirado algo que escribiste.',
    export_ready: 'La copia de tus datos está lista.',
    other: 'Hay novedades.',
  },
  device: {
    on: '{app} ({system})',
    unknown: 'Dispositivo desconocido',
    unknownApp: 'Aplicación desconocida',
    ours: 'La aplicación',
    program: 'Un programa',
  },
  someone: 'Alguien',
  none: {
    title: 'Sin novedades',
    text: 'Aquí verás lo que debes saber.',
  },
} satisfies Translated<typeof english>;
