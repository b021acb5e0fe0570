import type { StatusWords } from './words';

export const pt: StatusWords = {
  suspended: {
    title: 'A tua conta está suspensa',
    body: 'A nossa equipa suspendeu a tua conta porque ia contra as nossas regras. Enquanto durar a suspensão não podes iniciar sessão e ninguém te vê.',
  },
  banned: {
    title: 'A tua conta está encerrada',
    body: 'A nossa equipa encerrou a tua conta porque ia contra as nossas regras. Já não podes iniciar sessão e ninguém te vê.',
  },
  until: (end) => `A suspensão termina por si mesma a ${end}. Não tens de fazer nada.`,
  withoutEnd: 'A suspensão dura até a nossa equipa a levantar.',
  objection: 'Achas que estamos enganados? Responde a este e-mail e diz-nos porquê: a nossa equipa vai rever a decisão.',
  footer: 'Recebes este e-mail porque diz respeito à tua conta no Heartline. É enviado seja qual for a tua escolha nas definições.',
};
