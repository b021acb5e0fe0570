import * as z from 'zod';
import { fromBase64Url, toBase64Url } from '../../encoding';
import type { Identity, ProvenIdentity } from '..';

/** The project that tokens of the local provider are made out to. */
const project = 'heartline-local';
const issuer = `https://securetoken.google.com/${project}`;

const Claims = z.object({
  iss: z.literal(issuer),
  aud: z.literal(project),
  sub: z.string().min(1).max(128),
  exp: z.int(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  phone_number: z.string().optional(),
  firebase: z.object({ sign_in_provider: z.string() }),
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const encode = (value: unknown) => toBase64Url(encoder.encode(JSON.stringify(value)));

function claimsOf(token: string): unknown {
  const [, payload = '', signature, ...rest] = token.split('.');
  const bytes = signature === '' && rest.length === 0 ? fromBase64Url(payload) : undefined;
  try {
    return bytes === undefined ? undefined : JSON.parse(decoder.decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * A provider for development and tests. Its tokens look like those of the Firebase emulator and are signed by nobody: who
 * can write one can be anyone. Never for production.
 */
export function localIdentity(): Identity {
  return {
    async verify(idToken, now) {
      const claims = Claims.safeParse(claimsOf(idToken));
      if (!claims.success || claims.data.exp * 1000 <= now.getTime()) return { ok: false, reason: 'invalid' };
      const { sub, email, email_verified = false, phone_number, firebase } = claims.data;
      const identity = {
        provider: 'firebase',
        subject: sub,
        via: firebase.sign_in_provider,
        email: email?.toLowerCase() ?? null,
        emailVerified: email_verified,
        phone: phone_number ?? null,
      } as const;
      return { ok: true, identity };
    },
  };
}

/** A token of the local provider. */
export function localIdToken({ subject, via, email, emailVerified, phone }: Omit<ProvenIdentity, 'provider'>, expiresAt: Date): string {
  const claims = {
    iss: issuer,
    aud: project,
    sub: subject,
    exp: Math.floor(expiresAt.getTime() / 1000),
    ...(email === null ? {} : { email, email_verified: emailVerified }),
    ...(phone === null ? {} : { phone_number: phone }),
    firebase: { sign_in_provider: via },
  };
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
}

/** Where no provider is set up. */
export function noIdentity(): Identity {
  return { verify: async () => ({ ok: false, reason: 'unavailable' }) };
}
