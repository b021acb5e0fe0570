import { ApiError, isApiError } from './errors';
import type { TokenFunctions } from './types';
import type { Tokens } from './wire';

export interface TokensConfig {
  functions: TokenFunctions;
  /** Trades a refresh token for the next pair. */
  refresh: (refreshToken: string) => Promise<Tokens>;
  /** The session cannot be saved. */
  onLost: (error: ApiError) => void;
}

/** The signed-in pair: reads it, renews it once for everyone who needs it, and notices when it is lost. */
export interface TokenKeeper {
  /** The access token, as it is stored. */
  current(): Promise<string | undefined>;
  /**
   * An access token other than the one that was refused. However many ask, there is one refresh, and all get its answer.
   * Rejects when the session is lost, and when the network fails: then it is not.
   */
  renew(refused: string | undefined): Promise<string>;
  /** Keeps the pair of a sign-in. */
  accept(tokens: Tokens): Promise<void>;
  /** Forgets the pair. A refresh that is under way does not bring it back. */
  forget(): Promise<void>;
}

/** Answers of a refresh that no repeat can change. Anything else passes. */
function isFinal(error: unknown): error is ApiError {
  return isApiError(error) && /^(REFRESH_TOKEN_|SESSION_REVOKED$|ACCOUNT_|VALIDATION_FAILED$)/.test(error.code);
}

export function createTokens({ functions, refresh, onLost }: TokensConfig): TokenKeeper {
  const { getToken, getRefreshToken, onTokenRefreshed, clearTokens } = functions;
  let underWay: Promise<string> | undefined;
  /** Counts sign-ins and sign-outs: a refresh that began before one must not undo it. */
  let owner = 0;
  /** Why the last session was lost, and its refresh token: asking for it again would be of no use. */
  let lost: { error: ApiError; refreshToken?: string } | undefined;

  const current = async () => (await getToken?.()) || undefined;

  async function lose(error: ApiError, refreshToken?: string): Promise<never> {
    owner++;
    lost = { error, refreshToken };
    await clearTokens?.();
    onLost(error);
    throw error;
  }

  async function findAnother(refused: string | undefined): Promise<string> {
    for (;;) {
      // Another tab, or a call just before this one, may have renewed the pair already.
      const stored = await current();
      if (stored && stored !== refused) return stored;

      const begun = owner;
      const refreshToken = await getRefreshToken?.();
      // Calls that find out late are told why it was lost, too.
      if (lost && (!refreshToken || refreshToken === lost.refreshToken)) return lose(lost.error, lost.refreshToken);
      if (!refreshToken) return lose(new ApiError({ code: 'UNAUTHENTICATED', status: 401, message: 'Sign in to do this.' }));
      try {
        const tokens = await refresh(refreshToken);
        if (owner !== begun) continue;
        await onTokenRefreshed?.(tokens);
        return tokens.accessToken;
      } catch (error) {
        if (!isFinal(error)) throw error;
        if (owner !== begun || (await getRefreshToken?.()) !== refreshToken) continue;
        return lose(error, refreshToken);
      }
    }
  }

  return {
    current,
    renew(refused) {
      underWay ??= findAnother(refused).finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    async accept(tokens) {
      owner++;
      lost = undefined;
      await onTokenRefreshed?.(tokens);
    },
    async forget() {
      owner++;
      lost = undefined;
      await clearTokens?.();
    },
  };
}
