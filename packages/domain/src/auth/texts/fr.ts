import type { SignInWords } from './words';

export const fr: SignInWords = {
  codeText: (code) => `${code} est votre code Heartline. Il est valable 5 minutes. Ne le donnez à personne.`,
  codeMail: {
    title: (code) => `${code} est votre code Heartline`,
    body: 'Saisissez-le dans l’application dans les 5 minutes. Ne le donnez à personne : personne chez Heartline ne vous le demandera.',
  },
  link: {
    verify_email: {
      title: 'Confirmez votre adresse e-mail',
      body: 'Confirmez que cette adresse est la vôtre. Le lien est valable 24 heures. Si vous n’avez pas créé de compte Heartline, ne l’ouvrez pas.',
      label: 'Confirmer l’adresse',
    },
    reset_password: {
      title: 'Choisissez un nouveau mot de passe',
      body: 'Vous pouvez choisir un nouveau mot de passe dans les 30 minutes. Tous vos appareils seront déconnectés. Si vous n’avez rien demandé, vous n’avez rien à faire.',
      label: 'Choisir un mot de passe',
    },
  },
  enter: (token) => `Saisissez ceci dans l’application : ${token}`,
  footer: 'Vous recevez ce message parce que quelqu’un a indiqué votre adresse chez Heartline.',
};
