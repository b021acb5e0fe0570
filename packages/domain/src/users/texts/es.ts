import type { StatusWords } from './words';

export const es: StatusWords = {
  suspended: {
    title: 'Tu cuenta está suspendida',
    body: 'Nuestro equipo ha suspendido tu cuenta porque iba en contra de nuestras normas. Mientras dure la suspensión no puedes iniciar sesión y nadie te ve.',
  },
  banned: {
    title: 'Tu cuenta está cerrada',
    body: 'Nuestro equipo ha cerrado tu cuenta porque iba en contra de nuestras normas. Ya no puedes iniciar sesión y nadie te ve.',
  },
  until: (end) => `La suspensión termina por sí sola el ${end}. No tienes que hacer nada.`,
  withoutEnd: 'La suspensión dura hasta que nuestro equipo la levante.',
  objection: '¿Crees que nos equivocamos? Responde a este mensaje y cuéntanos por qué: nuestro equipo lo revisará de nuevo.',
  footer: 'Recibes este mensaje porque se trata de tu cuenta en Heartline. Llega sea cual sea tu elección en los ajustes.',
};
