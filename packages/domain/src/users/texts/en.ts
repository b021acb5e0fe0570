import type { StatusWords } from './words';

export const en: StatusWords = {
  suspended: {
    title: 'Your account is suspended',
    body: 'Our team has suspended your account because it went against our rules. Until it is over you cannot sign in, and nobody sees you.',
  },
  banned: {
    title: 'Your account is closed',
    body: 'Our team has closed your account because it went against our rules. You cannot sign in any more, and nobody sees you.',
  },
  until: (end) => `The suspension ends by itself on ${end}. You have nothing to do for that.`,
  withoutEnd: 'The suspension lasts until our team ends it.',
  objection: 'You think that we are wrong? Answer this mail and tell us why: our team will look at it again.',
  footer: 'You get this mail because it is about your account at Heartline. It comes whatever you chose in the settings.',
};
