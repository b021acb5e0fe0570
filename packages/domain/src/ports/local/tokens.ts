import { Id } from '@app/contracts';
import { errors as joseErrors, jwtVerify, SignJWT } from 'jose';
import { equalInConstantTime, hmac, toBase64Url } from '../../encoding';
import type { Tokens } from '..';

const issuer = 'heartline';
const encoder = new TextEncoder();

/**
 * Access tokens as HS256 JWTs. The first secret signs; all of them verify, so that a secret can be replaced
 * without signing anyone out. Each secret: at least 32 characters.
 * A refresh token reads `session.secret.seal`: the seal tells a token that was once issued from a forged one.
 */
export function jwtTokens(secrets: readonly [string, ...string[]]): Tokens {
  const markOf = async (key: string, sessionId: string, secret: string) =>
    toBase64Url((await hmac('SHA-256', key, `refresh:${sessionId}.${secret}`)).subarray(0, 16));
  const seal = async (sessionId: string, secret: string) => `${sessionId}.${secret}.${await markOf(secrets[0], sessionId, secret)}`;

  const keys = secrets.map((secret) => encoder.encode(secret));
  return {
    sign(claims, issuedAt) {
      return (
        new SignJWT({ sid: claims.sessionId })
          .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
          .setIssuer(issuer)
          .setSubject(claims.userId)
          .setIssuedAt(issuedAt)
          // Times are whole seconds in a token: this tells two of the same second apart.
          .setJti(crypto.randomUUID())
          .setExpirationTime(claims.expiresAt)
          .sign(keys[0] as Uint8Array)
      );
    },
    async verify(token, now) {
      for (const key of keys) {
        try {
          const { payload } = await jwtVerify(token, key, {
            issuer,
            algorithms: ['HS256'],
            currentDate: now,
            requiredClaims: ['sub', 'exp'],
          });
          const { exp } = payload;
          const [userId, sessionId] = [Id.safeParse(payload.sub), Id.safeParse(payload.sid)];
          if (!userId.success || !sessionId.success || typeof exp !== 'number') return { ok: false, reason: 'invalid' };
          return { ok: true, claims: { userId: userId.data, sessionId: sessionId.data, expiresAt: new Date(exp * 1000) } };
        } catch (error) {
          if (error instanceof joseErrors.JWTExpired) return { ok: false, reason: 'expired' };
          if (!(error instanceof joseErrors.JOSEError)) throw error;
        }
      }
      return { ok: false, reason: 'invalid' };
    },
    firstRefreshToken: (sessionId) => seal(sessionId, toBase64Url(crypto.getRandomValues(new Uint8Array(32)))),
    async nextRefreshToken(refreshToken) {
      const [sessionId = ''] = refreshToken.split('.');
      return seal(sessionId, toBase64Url(await hmac('SHA-256', secrets[0], `next:${refreshToken}`)));
    },
    async sessionOf(refreshToken) {
      const [sessionId, secret, mark, ...rest] = refreshToken.split('.');
      if (sessionId === undefined || secret === undefined || mark === undefined || rest.length > 0) return undefined;
      for (const key of secrets) {
        if (equalInConstantTime(mark, await markOf(key, sessionId, secret))) return sessionId;
      }
      return undefined;
    },
  };
}
