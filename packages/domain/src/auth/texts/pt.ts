import type { SignInWords } from './words';

export const pt: SignInWords = {
  codeText: (code) => `${code} é o teu código Heartline. É válido durante 5 minutos. Não o dês a ninguém.`,
  codeMail: {
    title: (code) => `${code} é o teu código Heartline`,
    body: 'Escreve-o na aplicação nos próximos 5 minutos. Não o dês a ninguém: ninguém do Heartline to vai pedir.',
  },
  link: {
    verify_email: {
      title: 'Confirma o teu endereço de e-mail',
      body: 'Confirma que este endereço é teu. O link é válido durante 24 horas. Se não criaste uma conta no Heartline, não o abras.',
      label: 'Confirmar endereço',
    },
    reset_password: {
      title: 'Escolhe uma nova palavra-passe',
      body: 'Podes escolher uma nova palavra-passe nos próximos 30 minutos. A sessão será terminada em todos os teus dispositivos. Se não fizeste este pedido, não tens de fazer nada.',
      label: 'Escolher palavra-passe',
    },
  },
  enter: (token) => `Escreve isto na aplicação: ${token}`,
  footer: 'Recebes esta mensagem porque alguém indicou o teu endereço no Heartline.',
};
