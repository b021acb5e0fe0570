import { type AccessClaims, jwtTokens, type Tokens } from '@app/domain';

/** Signs what the mocks give out. It protects nothing, and being always the same it fits a database that is opened again. */
const secret = 'heartline-mocks-sign-with-this-and-protect-nothing';

const encoder = new TextEncoder();

function base64Url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The claims of a token, all of them plain ASCII. */
interface Payload {
  readonly sub: string;
  readonly sid: string;
  /** Tells two tokens of the same second apart. */
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
}

function payloadOf(part: string): Payload | undefined {
  try {
    return JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/'))) as Payload;
  } catch {
    return undefined;
  }
}

/**
 * Access tokens as JWTs, made by hand: in jsdom there are two kinds of `Uint8Array`, and the library that the service signs with
 * does not take the one for the other.
 */
function handmade(): Pick<Tokens, 'sign' | 'verify'> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = crypto.subtle.importKey('raw', encoder.encode(secret), hmac, false, ['sign']);

  async function seal(content: string): Promise<string> {
    const bits = await crypto.subtle.sign('HMAC', await key, encoder.encode(content));
    return `${content}.${base64Url(String.fromCharCode(...new Uint8Array(bits)))}`;
  }

  return {
    sign({ userId, sessionId, expiresAt }: AccessClaims, issuedAt) {
      const seconds = (time: Date) => Math.floor(time.getTime() / 1000);
      const payload: Payload = { sub: userId, sid: sessionId, jti: crypto.randomUUID(), iat: seconds(issuedAt), exp: seconds(expiresAt) };
      return seal([{ alg: 'HS256', typ: 'JWT' }, payload].map((part) => base64Url(JSON.stringify(part))).join('.'));
    },
    async verify(token, now) {
      const content = token.slice(0, token.lastIndexOf('.'));
      const payload = payloadOf(content.split('.')[1] ?? '');
      if (payload === undefined || (await seal(content)) !== token) return { ok: false, reason: 'invalid' };
      const expiresAt = new Date(payload.exp * 1000);
      if (expiresAt <= now) return { ok: false, reason: 'expired' };
      return { ok: true, claims: { userId: payload.sub, sessionId: payload.sid, expiresAt } };
    },
  };
}

/** Tokens that can be made to expire at once. */
export interface ExpiringTokens {
  readonly tokens: Tokens;
  /** Every access token that was given out so far has expired from now on. Whoever remembers one has to be told. */
  expireAll(): void;
  /** Forgets what was given out. */
  clear(): void;
}

export function expiringTokens(): ExpiringTokens {
  const { sign, verify } = handmade();
  const issued = new Set<string>();
  const expired = new Set<string>();
  return {
    tokens: {
      ...jwtTokens([secret]),
      async sign(claims, issuedAt) {
        const token = await sign(claims, issuedAt);
        issued.add(token);
        return token;
      },
      verify: async (token, now) => (expired.has(token) ? { ok: false, reason: 'expired' } : verify(token, now)),
    },
    expireAll() {
      for (const token of issued) expired.add(token);
      issued.clear();
    },
    clear() {
      issued.clear();
      expired.clear();
    },
  };
}
