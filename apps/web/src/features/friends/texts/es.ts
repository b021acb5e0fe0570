import type { Translated } from '../../../language/translated';
import type english from './en';

export default {
  title: 'Amigos',
  backToProfile: 'Volver al perfil',
  received: 'Solicitudes recibidas',
  sent: 'Tus solicitudes',
  yours: 'Tus amigos',
  accept: 'Aceptar',
  decline: 'Rechazar',
  takeBack: 'Retirar',
  askedWhen: 'Solicitud enviada {when}',
  since: 'Amigos desde el {when}',
  accepted: '{name} y tú sois amigos.',
  declined: 'Solicitud rechazada. {name} no se entera.',
  ask: 'Pedir amistad',
  asked: 'Has enviado una solicitud a {name}.',
  asksYou: '{name} te ha enviado una solicitud de amistad.',
  remove: 'Terminar la amistad',
  removeTitle: '¿Terminar tu amistad con {name}?',
  removeText: 'Desaparecéis de la lista de amigos del otro. Puedes volver a pedirla cuando quieras.',
  removed: '{name} y tú ya no sois amigos.',
  noneTitle: 'Todavía no tienes amigos',
  noneText: 'Puedes enviar una solicitud desde la página de alguien.',
} satisfies Translated<typeof english>;
