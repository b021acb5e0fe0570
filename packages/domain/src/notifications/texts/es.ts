import { days, type MailWords, type MediaWords, plurals, type Words } from './words';

const many = plurals('es');
const day = days('es');
const sent: MediaWords = { image: 'Foto', audio: 'Mensaje de voz', video: 'Vídeo' };

export const es: Words = {
  new_device: ({ data, device }) => ({
    title: 'Nuevo inicio de sesión en tu cuenta',
    body: `${device} ha iniciado sesión desde ${data.address}. Si no has sido tú, cierra su sesión y cambia tu contraseña.`,
  }),
  password_changed: ({ device }) => ({
    title: 'Se ha cambiado tu contraseña',
    body: `Se ha cambiado en ${device}. Si no has sido tú, restablécela ahora.`,
  }),
  warning: ({ data }) => ({ title: 'Una advertencia de nuestro equipo', body: data.reason }),
  report_resolved: ({ data }) => ({
    title: 'Hemos revisado tu denuncia',
    body:
      data.outcome === 'acted'
        ? 'Hemos tomado medidas. Gracias por avisarnos.'
        : 'No hemos encontrado nada contrario a nuestras normas. Gracias por avisarnos.',
  }),
  photo_rejected: ({ data }) => ({
    title: 'Una de tus fotos no se muestra',
    body: data.reason ?? 'No cumple nuestras normas sobre fotos. Elige otra, por favor.',
  }),
  content_removed: ({ data }) => ({
    title: 'Hemos retirado algo que escribiste',
    body: many(data.messages, {
      one: 'Uno de tus mensajes iba contra nuestras normas y ya no lo ve nadie.',
      other: '# de tus mensajes iban contra nuestras normas y ya no los ve nadie.',
    }),
  }),
  export_ready: ({ data }) => ({ title: 'Tus datos están listos', body: `Puedes descargarlos hasta el ${day(data.expiresAt)}.` }),
  friend_requested: ({ name }) => ({ title: 'Solicitud de amistad', body: `${name} te ha enviado una solicitud de amistad.` }),
  friend_accepted: ({ name }) => ({ title: 'Una nueva amistad', body: `${name} ha aceptado tu solicitud.` }),
  match_created: ({ name }) => ({ title: '¡Es un match!', body: `${name} y tú os gustáis. ¡Saluda!` }),
  like_received: ({ count }) => ({
    title: many(count, { one: 'Le gustas a una persona', many: 'Les gustas a # de personas', other: 'Les gustas a # personas' }),
    body: 'Mira quién puede ser.',
  }),
  call_missed: ({ name, data }) => ({
    title: data.type === 'video' ? 'Videollamada perdida' : 'Llamada perdida',
    body: `${name} ha intentado hablar contigo.`,
  }),
  group_added: ({ name, data }) => ({ title: 'Estás en un grupo nuevo', body: `${name} te ha añadido a «${data.name}».` }),
  message_received: ({ name, count, media }) => ({
    title: name,
    body:
      media === null
        ? many(count, { one: 'Te ha enviado un mensaje', many: '# de mensajes nuevos', other: '# mensajes nuevos' })
        : sent[media],
  }),
};

export const esMail: MailWords = {
  open: 'Abrir Heartline',
  why: 'Recibes este correo por tu cuenta de Heartline. En los ajustes puedes elegir qué correos recibes.',
};
