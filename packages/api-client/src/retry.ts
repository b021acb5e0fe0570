import { type ApiError, isApiError } from './errors';

/** A wait that a server may ask for and a caller is still made to sit through, in seconds. */
const longestRetryAfter = 30;

/** How long to wait before trying again after this error, in milliseconds; `undefined` where trying again is of no use. */
export function retryDelay(error: unknown, attempt: number): number | undefined {
  if (!isApiError(error) || !error.isRetryable) return undefined;
  const jitter = 1 + Math.random() / 4;
  const asked = error.retryAfterSeconds;
  if (asked !== undefined) return asked <= longestRetryAfter ? asked * 1000 * jitter : undefined;
  return error.statusCode === 429 ? undefined : 1000 * 2 ** attempt * jitter;
}

/** Resolves after a time, or as soon as the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}

export interface Retries {
  /** How often to try again; 0 for what may not be repeated. */
  times: number;
  signal: AbortSignal;
  onRetry: (error: ApiError, delay: number) => void;
}

/** Tries until it succeeds, the error is not one that passes, or the tries are used up. */
export async function withRetries<T>(attempt: () => Promise<T>, { times, signal, onRetry }: Retries): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      const delay = tried < times && !signal.aborted ? retryDelay(error, tried) : undefined;
      if (delay === undefined) throw error;
      onRetry(error as ApiError, delay);
      await pause(delay, signal);
      if (signal.aborted) throw error;
    }
  }
}
