import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '../errors';
import type { DataExport, Statistics } from '../wire';
import { apiQuery } from './options';
import { useAccess, useApiContext } from './provider';
import { useAsked } from './use-auth';
import { useStable } from './use-stable';

export interface UseStatisticsResult {
  statistics: Statistics | undefined;
  isLoading: boolean;
  error: ApiError | null;
}

/** What one has done here, in numbers. */
export function useStatistics(): UseStatisticsResult {
  const { client } = useApiContext();
  const { enabled, isExpected } = useAccess();
  const { data: statistics, isPending, error } = useQuery({ ...apiQuery(client, 'users.statistics'), enabled });
  return { statistics, isLoading: isExpected && isPending, error };
}

export interface UseAccountResult {
  /** The copy of everything held about oneself; null where there is none, undefined while that is not known. */
  dataExport: DataExport | null | undefined;
  /** Asks for a copy; the one there is, where that is less than a day old. Rejects with an `ApiError`. */
  requestExport(): Promise<DataExport>;
  /** Fetches a copy that is ready: one JSON document. Rejects with an `ApiError` (`EXPORT_NOT_FOUND`, …). */
  downloadExport(): Promise<string>;
  /**
   * Deletes the account, and signs out. Who has a password gives it. Answers when it is erased for good.
   * Rejects with `PASSWORD_WRONG`, or `RECENT_SIGN_IN_REQUIRED` for who has none and did not sign in just before.
   */
  deleteAccount(password?: string): Promise<string>;
  isPending: boolean;
  /** Why the last of these, or looking for a copy, failed. */
  error: ApiError | null;
}

/** A copy that is being prepared is looked for this often. In milliseconds. */
const lookEvery = 3_000;

/** The copy of what is held about oneself, and the end of the account. */
export function useAccount(): UseAccountResult {
  const { client, live } = useApiContext();
  const { enabled } = useAccess();
  const status = useQuery({
    ...apiQuery(client, 'users.exportStatus'),
    enabled,
    refetchInterval: ({ state }) => (state.data?.export?.status === 'preparing' ? lookEvery : false),
  });
  const { asked, isPending, error } = useAsked();
  const actions = useStable({
    requestExport: () => asked(live.run('users.exportMe', {})),
    downloadExport: () =>
      asked(
        (async () => {
          const texts: string[] = [];
          let parts = 1;
          for (let part = 1; part <= parts; part += 1) {
            const piece = await client.users.exportPart({ part });
            parts = piece.parts;
            texts.push(piece.text);
          }
          return texts.join('');
        })(),
      ),
    deleteAccount: async (password?: string) =>
      (await asked(live.run('users.deleteMe', password === undefined ? {} : { password }))).erasedAt,
  });
  return { dataExport: status.data?.export, ...actions, isPending, error: error ?? status.error };
}
