import { jwtTokens, type Tokens } from '@app/domain';

/** Signs what the mocks give out. It protects nothing, and being always the same it fits a database that is opened again. */
const secret = 'heartline-mocks-sign-with-this-and-protect-nothing';

/** Tokens that can be made to expire at once. */
export interface ExpiringTokens {
  readonly tokens: Tokens;
  /** Every access token that was given out so far has expired from now on. Whoever remembers one has to be told. */
  expireAll(): void;
  /** Forgets what was given out. */
  clear(): void;
}

export function expiringTokens(): ExpiringTokens {
  const tokens = jwtTokens([secret]);
  const issued = new Set<string>();
  const expired = new Set<string>();
  return {
    tokens: {
      ...tokens,
      async sign(claims, issuedAt) {
        const token = await tokens.sign(claims, issuedAt);
        // Within a second the very same token may be given out twice.
        expired.delete(token);
        issued.add(token);
        return token;
      },
      verify: async (token, now) => (expired.has(token) ? { ok: false, reason: 'expired' } : tokens.verify(token, now)),
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
