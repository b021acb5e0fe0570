import type { ApiError } from '../errors';
import type { EndpointInput } from '../types';
import type { OwnReport } from '../wire';
import { useApiContext } from './provider';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

export interface UseReportsResult {
  /** The reports you made, the newest first. What comes of them shows by itself. */
  reports: OwnReport[];
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  /** Reports someone, and blocks them as well where `alsoBlock` says so. Rejects with an `ApiError`. */
  report(input: EndpointInput<'reports.report'>): Promise<OwnReport>;
  /** Why loading the list failed. */
  error: ApiError | null;
}

/** Telling the moderators about someone, and what came of it. */
export function useReports(): UseReportsResult {
  const { live } = useApiContext();
  const { items: reports, isLoading, hasMore, fetchMore, error } = usePages('reports.mine', {});
  const { report } = useStable({
    report: (input: EndpointInput<'reports.report'>) => live.run('reports.report', input),
  });
  return { reports, isLoading, hasMore, fetchMore, report, error };
}
