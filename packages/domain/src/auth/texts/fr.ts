import type { SignInWords } from './words';

export const fr: SignInWords = {
  codeText: (code) => `${code} est ton code Heartline. Il est valable 5 minutes. Ne le donne à personne.`,
  codeMail: {
    title: (code) => `${code} est ton code Heartline`,
    body: 'Saisis-le dans l’application dans les 5 minutes. Ne le donne à personne : personne chez Heartline ne te le demandera.',
  },
  link: {
    verify_email: {
      title: 'Confirme ton adresse e-mail',
      body: 'Confirme que cette adresse est la tienne. Le lien est valable 24 heures. Si tu n’as pas créé de compte Heartline, ne l’ouvre pas.',
      label: 'Confirmer l’adresse',
    },
    reset_password: {
      title: 'Choisis un nouveau mot de passe',
      body: 'Tu peux choisir un nouveau mot de passe dans les 30 minutes. Tous tes appareils seront déconnectés. Si tu n’as rien demandé, tu n’as rien à faire.',
      label: 'Choisir un mot de passe',
    },
  },
  enter: (token) => `Saisis ceci dans l’application : ${token}`,
  footer: 'Tu reçois ce message parce que quelqu’un a indiqué ton adresse chez Heartline.',
};
