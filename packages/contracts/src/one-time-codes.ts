import * as z from 'zod';
import { endpoint, type Guard } from './core/endpoint';
import { Email, Password, Phone, Recipient, SignedIn } from './credentials';
import { DisplayName, Gender } from './people';
import { Day, Done, Id, Timestamp } from './primitives';
import { sampleIds } from './samples';
import { Me } from './users';

/** Life of a code, in seconds. */
export const otpSeconds = 5 * 60;
/** Wrong tries that a code takes before it is worth nothing. */
export const otpAttempts = 5;
/** Before this, nobody is sent another code, in seconds. */
export const otpResendSeconds = 30;
/** Life of what `verifyOtp` and `firebaseLogin` give somebody who has no account yet, in seconds. */
export const ticketSeconds = 15 * 60;
/** Life of the link that sets a new password, in seconds. */
export const resetLinkSeconds = 30 * 60;
/** Life of the link that verifies an email, in seconds. */
export const verificationLinkSeconds = 24 * 60 * 60;

export const OtpChannel = z.enum(['whatsapp', 'sms', 'email']).meta({
  id: 'OtpChannel',
  description: 'How a code travels. One that WhatsApp does not bring goes by SMS.',
  examples: ['whatsapp'],
});
export type OtpChannel = z.infer<typeof OtpChannel>;

/** The same whether there is an account or not. */
export const OtpSent = z
  .object({
    challengeId: Id.meta({ description: 'Goes back together with the code.', examples: [sampleIds.challenge] }),
    channel: OtpChannel,
    expiresAt: Timestamp.meta({ examples: ['2026-01-15T10:35:00.000Z'] }),
    resendAt: Timestamp.meta({ description: 'Not before this can another one be sent.', examples: ['2026-01-15T10:30:30.000Z'] }),
  })
  .meta({ id: 'OtpSent', description: 'A code is on its way.' });
export interface OtpSent extends z.infer<typeof OtpSent> {}

export const RegistrationTicket = z
  .object({
    ticket: z.string().meta({ description: 'For `auth.registerWithPhone`.', examples: ['eyJwaG9uZSI6IiszNTEifQ.c2VhbA'] }),
    expiresAt: Timestamp.meta({ examples: ['2026-01-15T10:47:00.000Z'] }),
  })
  .meta({ id: 'RegistrationTicket', description: 'Somebody has proven who they are, and has no account yet.' });
export interface RegistrationTicket extends z.infer<typeof RegistrationTicket> {}

/** One of the two is there. */
export const SignInOutcome = z
  .object({
    session: SignedIn.nullable().meta({ description: 'Null where there is no account yet.' }),
    registration: RegistrationTicket.nullable().meta({ description: 'Null where there is an account.', examples: [null] }),
  })
  .meta({ id: 'SignInOutcome', description: 'A new session, or what an account can be made with.' });
export interface SignInOutcome extends z.infer<typeof SignInOutcome> {}

/** Providers that have a button of their own in apps; by the names that Firebase gives them. */
export const SignInProvider = z
  .enum(['google.com', 'apple.com'])
  .meta({ id: 'SignInProvider', description: 'Who vouches for people.', examples: ['google.com'] });
export type SignInProvider = z.infer<typeof SignInProvider>;

/** What `initializeApp` of the Firebase SDK takes. Nothing of it is secret: every app that people load has it. */
export const FirebaseApp = z
  .object({
    apiKey: z.string().meta({ description: 'Names the project; gives no rights.', examples: ['AIzaSyA-example'] }),
    authDomain: z.string().meta({ description: 'Serves the page that signs in.', examples: ['heartline.firebaseapp.com'] }),
    projectId: z.string().meta({ examples: ['heartline'] }),
    emulatorUrl: z
      .string()
      .nullable()
      .meta({ description: 'Of the Auth emulator, in development; else null.', examples: [null] }),
  })
  .meta({ id: 'FirebaseApp', description: 'How an app reaches the Firebase project.' });
export interface FirebaseApp extends z.infer<typeof FirebaseApp> {}

export const SignInProviders = z
  .object({
    items: z.array(SignInProvider).meta({ description: 'In the order in which to show them; empty where none is on.' }),
    firebase: FirebaseApp.nullable().meta({ description: 'Null where no project is set up.' }),
    local: z.boolean().meta({
      description: 'Whether anyone may write an ID token themselves: in development without a project. Never in production.',
      examples: [false],
    }),
  })
  .meta({ id: 'SignInProviders', description: 'The providers that people can sign in by, and how.' });
export interface SignInProviders extends z.infer<typeof SignInProviders> {}

const challenge = {
  challengeId: Id.meta({ description: 'As it came when the code was sent.', examples: [sampleIds.challenge] }),
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'A code has six digits')
    .meta({ description: 'Six digits.', examples: ['271828'] }),
};

const LinkToken = z
  .string()
  .min(1)
  .max(256)
  .meta({ description: 'Out of the link that was mailed.', examples: ['019bc134-784a-7d21-9c55-83b06f4ad271.c2VhbA'] });

const byRecipient = (field: 'to' | 'phone'): Guard => ({ name: 'otp', max: 3, windowSeconds: 10 * 60, by: [`input.${field}`] });
const otpByAddress: Guard = { name: 'otp.address', max: 20, windowSeconds: 60 * 60, by: ['address'] };

/** Everything that is proven by a code, a link or a provider. A part of the group `auth`. */
export const codeEndpoints = {
  sendOtp: endpoint({
    method: 'POST',
    path: '/auth/send-otp',
    summary: 'Send a code to sign in, or to sign up, with.',
    description:
      'The answer is the same whether there is an account or not. Without a `channel` a number gets it by WhatsApp, and by SMS where WhatsApp does not bring it; an address gets a mail.',
    access: 'public',
    body: { to: Recipient, channel: OtpChannel.optional() },
    output: OtpSent,
    errors: ['SIGN_IN_METHOD_UNAVAILABLE'],
    guards: [byRecipient('to'), otpByAddress],
  }),
  verifyOtp: endpoint({
    method: 'POST',
    path: '/auth/verify-otp',
    summary: 'Sign in with a code.',
    description: `A code holds for ${otpSeconds / 60} minutes, once, and takes ${otpAttempts} wrong tries. Who has no account yet gets a ticket to make one.`,
    access: 'public',
    body: challenge,
    output: SignInOutcome,
    errors: ['OTP_INVALID', 'OTP_EXPIRED', 'ACCOUNT_SUSPENDED', 'ACCOUNT_BANNED', 'ACCOUNT_DELETED'],
    limit: { max: 60, windowSeconds: 10 * 60, by: ['address'], counts: 'failures' },
  }),
  registerWithPhone: endpoint({
    method: 'POST',
    path: '/auth/register-phone',
    summary: 'Create an account with what a ticket proves, and sign in.',
    description:
      'Takes any ticket, whether it proves a phone number, an email or an account at a provider. Such an account has no password.',
    access: 'public',
    body: {
      ticket: z
        .string()
        .min(1)
        .max(4096)
        .meta({ description: 'Out of `auth.verifyOtp` or `auth.firebaseLogin`.', examples: ['eyJwaG9uZSI6IiszNTEifQ.c2VhbA'] }),
      displayName: DisplayName,
      birthDate: Day.meta({ description: 'Under 18 is refused.', examples: ['1996-04-23'] }),
      gender: Gender,
    },
    output: SignedIn,
    errors: ['TICKET_INVALID', 'PHONE_TAKEN', 'EMAIL_TAKEN', 'UNDER_AGE'],
    limit: { max: 30, windowSeconds: 60 * 60, by: ['address'] },
  }),
  verifyPhone: endpoint({
    method: 'POST',
    path: '/auth/verify-phone',
    summary: 'Send a code to a phone number that is to be yours.',
    access: 'user',
    body: {
      phone: Phone,
      channel: OtpChannel.extract(['whatsapp', 'sms'])
        .default('whatsapp')
        .meta({ description: 'How it travels.', examples: ['whatsapp'] }),
    },
    output: OtpSent,
    errors: ['SIGN_IN_METHOD_UNAVAILABLE'],
    guards: [byRecipient('phone'), { name: 'otp.user', max: 10, windowSeconds: 60 * 60, by: ['user'] }],
  }),
  confirmPhone: endpoint({
    method: 'POST',
    path: '/auth/confirm-phone',
    summary: 'Attach the phone number that the code was sent to.',
    description: 'It takes the place of the number that was attached before.',
    access: 'user',
    body: challenge,
    output: Me,
    errors: ['OTP_INVALID', 'OTP_EXPIRED', 'PHONE_TAKEN'],
  }),
  verifyEmail: endpoint({
    method: 'POST',
    path: '/auth/verify-email',
    summary: 'Prove that an email is yours, by the link that was mailed to it.',
    access: 'public',
    body: { token: LinkToken },
    output: Done,
    errors: ['LINK_INVALID'],
    limit: { max: 60, windowSeconds: 10 * 60, by: ['address'], counts: 'failures' },
  }),
  resendVerification: endpoint({
    method: 'POST',
    path: '/auth/resend-verification',
    summary: 'Mail the link once more that verifies your email.',
    description: 'Nothing is sent where there is no email, or it is verified.',
    access: 'user',
    output: Done,
    errors: ['SIGN_IN_METHOD_UNAVAILABLE'],
    guards: [{ name: 'verification', max: 3, windowSeconds: 10 * 60, by: ['user'] }],
  }),
  forgotPassword: endpoint({
    method: 'POST',
    path: '/auth/forgot-password',
    summary: 'Mail a link that sets a new password.',
    description: 'The answer is the same whether there is an account or not.',
    access: 'public',
    body: { email: Email },
    output: Done,
    errors: ['SIGN_IN_METHOD_UNAVAILABLE'],
    guards: [
      { name: 'reset', max: 3, windowSeconds: 60 * 60, by: ['input.email'] },
      { name: 'reset.address', max: 20, windowSeconds: 60 * 60, by: ['address'] },
    ],
  }),
  resetPassword: endpoint({
    method: 'POST',
    path: '/auth/reset-password',
    summary: 'Set a new password by the link that was mailed. Every device is signed out.',
    access: 'public',
    body: { token: LinkToken, newPassword: Password.meta({ description: '8 to 128 characters.', examples: ['staple a better battery'] }) },
    output: Done,
    errors: ['LINK_INVALID'],
    limit: { max: 20, windowSeconds: 10 * 60, by: ['address'], counts: 'failures' },
  }),
  providers: endpoint({
    method: 'GET',
    path: '/auth/providers',
    summary: 'The providers that people can sign in by, and what an app needs to ask them.',
    access: 'public',
    output: SignInProviders,
  }),
  firebaseLogin: endpoint({
    method: 'POST',
    path: '/auth/firebase-login',
    summary: 'Sign in with an account at a provider: Google, Apple, or what else the Firebase project allows.',
    description:
      'An account of the same email is taken for theirs only where both sides have verified that email. Who has no account yet gets a ticket to make one.',
    access: 'public',
    body: {
      idToken: z
        .string()
        .min(1)
        .max(8192)
        .meta({ description: 'The ID token of the Firebase SDK.', examples: ['eyJhbGciOiJSUzI1NiJ9.e30.signature'] }),
    },
    output: SignInOutcome,
    errors: [
      'IDENTITY_TOKEN_INVALID',
      'IDENTITY_UNPROVEN',
      'SIGN_IN_METHOD_UNAVAILABLE',
      'ACCOUNT_SUSPENDED',
      'ACCOUNT_BANNED',
      'ACCOUNT_DELETED',
    ],
    limit: { max: 60, windowSeconds: 10 * 60, by: ['address'], counts: 'failures' },
  }),
};
