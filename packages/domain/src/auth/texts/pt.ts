import type { SignInWords } from './words';

export const pt: SignInWords = {
  codeText: (code) => `${code} é o seu código Heartline. É válido durante 5 minutos. Não o dê a ninguém.`,
  codeMail: {
    title: (code) => `${code} é o seu código Heartline`,
    body: 'Escreva-o na aplicação nos próximos 5 minutos. Não o dê a ninguém: ninguém da Heartline lho vai pedir.',
  },
  link: {
    verify_email: {
      title: 'Confirme o seu endereço de e-mail',
      body: 'Confirme que este endereço é seu. A ligação é válida durante 24 horas. Se não criou uma conta na Heartline, não a abra.',
      label: 'Confirmar endereço',
    },
    reset_password: {
      title: 'Escolha uma nova palavra-passe',
      body: 'Pode escolher uma nova palavra-passe nos próximos 30 minutos. A sessão será terminada em todos os seus dispositivos. Se não fez este pedido, não tem de fazer nada.',
      label: 'Escolher palavra-passe',
    },
  },
  enter: (token) => `Escreva isto na aplicação: ${token}`,
  footer: 'Recebe esta mensagem porque alguém indicou o seu endereço na Heartline.',
};
