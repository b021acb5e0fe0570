import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { Email, Password, SignedIn, Tokens } from './credentials';
import { codeEndpoints } from './one-time-codes';
import { DisplayName, Gender } from './people';
import { Day, Done, Id, Timestamp } from './primitives';
import { sampleIds } from './samples';

/** Life of an access token, in seconds. */
export const accessTokenSeconds = 15 * 60;
/** Life of a session that is not used, in seconds. */
export const sessionSeconds = 60 * 24 * 60 * 60;
/** For this long a repeat of the last refresh gets the same answer (a phone that lost it), in seconds. */
export const refreshGraceSeconds = 30;

export const Platform = z
  .enum(['web', 'ios', 'android', 'admin', 'node'])
  .meta({ id: 'Platform', description: 'What the device runs.', examples: ['web'] });
export type Platform = z.infer<typeof Platform>;

/** A device that is signed in. */
export const Session = z
  .object({
    id: Id.meta({ examples: [sampleIds.session] }),
    current: z.boolean().meta({ description: 'The one that asks.', examples: [true] }),
    platform: Platform.nullable().meta({ description: 'Null where the app does not say.', examples: ['web'] }),
    device: z.string().meta({ description: 'The device in words.', examples: ['Firefox on Linux'] }),
    appVersion: z
      .string()
      .nullable()
      .meta({ description: 'Null where the app does not say.', examples: ['1.4.0'] }),
    address: z.string().meta({ description: 'The address it was last seen at.', examples: ['203.0.113.7'] }),
    createdAt: Timestamp.meta({ examples: ['2026-01-15T08:10:00.000Z'] }),
    lastSeenAt: Timestamp,
  })
  .meta({ id: 'Session', description: 'A device that is signed in.' });
export interface Session extends z.infer<typeof Session> {}

export const RevocationReason = z
  .enum(['logout', 'logout_all', 'revoked', 'password_changed', 'password_reset', 'taken_over', 'refresh_reused', 'account_status'])
  .meta({ id: 'RevocationReason', description: 'Why a device was signed out.', examples: ['revoked'] });
export type RevocationReason = z.infer<typeof RevocationReason>;

export const auth = {
  register: endpoint({
    method: 'POST',
    path: '/auth/register',
    summary: 'Create an account and sign in.',
    access: 'public',
    body: {
      email: Email,
      password: Password,
      displayName: DisplayName,
      birthDate: Day.meta({ description: 'Under 18 is refused.', examples: ['1996-04-23'] }),
      gender: Gender,
    },
    output: SignedIn,
    errors: ['EMAIL_TAKEN', 'UNDER_AGE'],
    limit: { max: 30, windowSeconds: 3600, by: ['address'] },
  }),
  login: endpoint({
    method: 'POST',
    path: '/auth/login',
    summary: 'Sign in with email and password.',
    access: 'public',
    body: {
      email: Email,
      password: z
        .string()
        .max(128)
        .meta({ description: 'The password of the account.', examples: ['correct horse battery'] }),
    },
    output: SignedIn,
    errors: ['INVALID_CREDENTIALS', 'ACCOUNT_SUSPENDED', 'ACCOUNT_BANNED', 'ACCOUNT_DELETED'],
    limit: { max: 5, windowSeconds: 15 * 60, by: ['address', 'input.email'], counts: 'failures' },
    guards: [
      { name: 'login', max: 5, windowSeconds: 15 * 60, by: ['address', 'input.email'], counts: 'failures' },
      { name: 'login.anywhere', max: 100, windowSeconds: 60 * 60, by: ['input.email'], counts: 'failures', exempts: 'known_devices' },
    ],
  }),
  refreshToken: endpoint({
    method: 'POST',
    path: '/auth/refresh-token',
    summary: 'Trade a refresh token for the next pair.',
    description:
      'The refresh token rotates at each use. A repeat of the last rotation within the grace time answers the same pair; any older token signs its session out.',
    access: 'public',
    body: {
      refreshToken: z
        .string()
        .min(1)
        .max(512)
        .meta({ description: 'The newest one of the session.', examples: ['Zm9yLXRoZS1kb2NzLW9ubHk'] }),
    },
    output: z.object({ tokens: Tokens }),
    errors: ['REFRESH_TOKEN_INVALID', 'REFRESH_TOKEN_REUSED', 'ACCOUNT_SUSPENDED', 'ACCOUNT_BANNED', 'ACCOUNT_DELETED'],
    limit: { max: 120, windowSeconds: 60, by: ['address'] },
    idempotency: 'natural',
  }),
  logout: endpoint({
    method: 'POST',
    path: '/auth/logout',
    summary: 'Sign this device out.',
    access: 'user',
    output: Done,
    idempotency: 'natural',
  }),
  logoutAll: endpoint({
    method: 'POST',
    path: '/auth/logout-all',
    summary: 'Sign every device out, this one too.',
    access: 'user',
    output: z.object({ revoked: z.int().meta({ description: 'Sessions that were signed out.', examples: [2] }) }),
    idempotency: 'natural',
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/auth/change-password',
    summary: 'Change the password; every other device is signed out.',
    access: 'user',
    body: {
      currentPassword: z
        .string()
        .max(128)
        .meta({ examples: ['correct horse battery'] }),
      newPassword: Password.meta({ examples: ['staple a better battery'] }),
    },
    output: z.object({ revoked: z.int().meta({ description: 'Other sessions that were signed out.', examples: [1] }) }),
    errors: ['PASSWORD_WRONG'],
    limit: { max: 5, windowSeconds: 15 * 60, by: ['user'], counts: 'failures' },
    guards: [{ name: 'password', max: 5, windowSeconds: 15 * 60, by: ['user'], counts: 'failures' }],
  }),
  ...codeEndpoints,
  listSessions: endpoint({
    method: 'GET',
    path: '/auth/sessions',
    summary: 'The devices that are signed in.',
    access: 'user',
    output: z.object({ items: z.array(Session) }),
  }),
  revokeSession: endpoint({
    method: 'DELETE',
    path: '/auth/sessions/:sessionId',
    summary: 'Sign one device out. Its open sockets close at once.',
    access: 'user',
    params: { sessionId: Id.meta({ description: 'Of the session to end.', examples: [sampleIds.otherSession] }) },
    output: Done,
    errors: ['SESSION_NOT_FOUND'],
    idempotency: 'natural',
  }),
};

export const authEvents = {
  'session:revoked': event({
    summary: 'A device was signed out.',
    audience: 'The devices of the same user; the device itself is disconnected after it.',
    delivery: 'fleeting',
    data: z
      .object({ sessionId: Id.meta({ examples: [sampleIds.otherSession] }), reason: RevocationReason })
      .meta({ id: 'SessionRevoked', description: 'Which device was signed out, and why.' }),
  }),
};
