import * as z from 'zod';
import { e164, isPhoneNumber } from './phone-numbers';
import { Timestamp } from './primitives';
import { Me } from './users';

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  // Behind the trimming: what a keyboard's suggestion adds is no reason to refuse an address.
  .check(z.email())
  .meta({ description: 'Kept in lower case.', examples: ['ada@example.com'] });

/** Of the longest address there can be, in characters. */
const longestRecipient = 254;
const recipient = (text: string) => (text.includes('@') ? text.toLowerCase() : e164(text));
const isEmail = (text: string) => z.safeParse(z.email(), text).success;

export const Phone = z
  .string()
  .trim()
  .max(32)
  .overwrite(e164)
  .refine(isPhoneNumber, 'This is not a phone number with its country code')
  .meta({ description: 'With its country code; kept in E.164.', examples: ['+351912345678'] });

/** Whom a code is sent to. */
export const Recipient = z
  .string()
  .trim()
  .max(longestRecipient)
  .overwrite(recipient)
  .refine((text) => isPhoneNumber(text) || isEmail(text), 'This is neither a phone number with its country code nor an email address')
  .meta({ description: 'A phone number with its country code, or an email address.', examples: ['+351912345678'] });

export const Password = z
  .string()
  .min(8)
  .max(128)
  .meta({ description: '8 to 128 characters.', examples: ['correct horse battery'] });

/** A signed-in pair: the access token goes with every call, the refresh token buys the next pair, once. */
export const Tokens = z
  .object({
    accessToken: z.string().meta({ description: 'A JWT.', examples: ['eyJhbGciOiJIUzI1NiJ9.e30.signature'] }),
    accessTokenExpiresAt: Timestamp.meta({ examples: ['2026-01-15T10:45:00.000Z'] }),
    refreshToken: z.string().meta({ description: 'Opaque; rotates at each use.', examples: ['Zm9yLXRoZS1kb2NzLW9ubHk'] }),
  })
  .meta({ id: 'Tokens', description: 'The access token goes with every call; the refresh token buys the next pair, once.' });
export interface Tokens extends z.infer<typeof Tokens> {}

export const SignedIn = z.object({ user: Me, tokens: Tokens }).meta({ id: 'SignedIn', description: 'A new session.' });
export interface SignedIn extends z.infer<typeof SignedIn> {}
