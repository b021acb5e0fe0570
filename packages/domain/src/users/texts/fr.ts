import type { StatusWords } from './words';

export const fr: StatusWords = {
  suspended: {
    title: 'Ton compte est suspendu',
    body: 'Notre équipe a suspendu ton compte parce qu’il était contraire à nos règles. D’ici la fin de la suspension, tu ne peux pas te connecter et personne ne te voit.',
  },
  banned: {
    title: 'Ton compte est fermé',
    body: 'Notre équipe a fermé ton compte parce qu’il était contraire à nos règles. Tu ne peux plus te connecter et personne ne te voit.',
  },
  until: (end) => `La suspension prend fin d’elle-même le ${end}. Tu n’as rien à faire pour cela.`,
  withoutEnd: 'La suspension dure jusqu’à ce que notre équipe y mette fin.',
  objection: 'Tu penses que nous nous trompons ? Réponds à cet e-mail et dis-nous pourquoi : notre équipe réexaminera sa décision.',
  footer: 'Tu reçois cet e-mail parce qu’il concerne ton compte Heartline. Il est envoyé quels que soient tes paramètres.',
};
