import type { SignInWords } from './words';

export const en: SignInWords = {
  codeText: (code) => `${code} is your Heartline code. It is valid for 5 minutes. Do not give it to anyone.`,
  codeMail: {
    title: (code) => `${code} is your Heartline code`,
    body: 'Enter it in the app within 5 minutes. Do not give it to anyone: nobody at Heartline will ask you for it.',
  },
  link: {
    verify_email: {
      title: 'Confirm your email address',
      body: 'Confirm that this address is yours. The link is valid for 24 hours. If you did not make an account at Heartline, do not open it.',
      label: 'Confirm address',
    },
    reset_password: {
      title: 'Set a new password',
      body: 'You can set a new password within 30 minutes. All your devices will be signed out. If you did not ask for this, you have nothing to do.',
      label: 'Set password',
    },
  },
  enter: (token) => `Enter this in the app: ${token}`,
  footer: 'You get this mail because somebody gave your address at Heartline.',
};
