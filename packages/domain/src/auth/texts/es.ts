import type { SignInWords } from './words';

export const es: SignInWords = {
  codeText: (code) => `${code} es tu código de Heartline. Vale 5 minutos. No se lo des a nadie.`,
  codeMail: {
    title: (code) => `${code} es tu código de Heartline`,
    body: 'Escríbelo en la aplicación antes de 5 minutos. No se lo des a nadie: nadie de Heartline te lo pedirá.',
  },
  link: {
    verify_email: {
      title: 'Confirma tu correo electrónico',
      body: 'Confirma que esta dirección es tuya. El enlace vale 24 horas. Si no has creado una cuenta en Heartline, no lo abras.',
      label: 'Confirmar dirección',
    },
    reset_password: {
      title: 'Elige una contraseña nueva',
      body: 'Puedes elegir una contraseña nueva en los próximos 30 minutos. Se cerrará la sesión en todos tus dispositivos. Si no lo has pedido, no tienes que hacer nada.',
      label: 'Elegir contraseña',
    },
  },
  enter: (token) => `Escribe esto en la aplicación: ${token}`,
  footer: 'Recibes este mensaje porque alguien ha dado tu dirección en Heartline.',
};
