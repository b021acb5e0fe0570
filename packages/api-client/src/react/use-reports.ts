import type { ApiError } from '../errors';
import type { ApiClient, EndpointInput, MessageWithFile } from '../types';
import type { FileKey, OwnReport } from '../wire';
import { useApiContext } from './provider';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

/** A message as it is shown. */
export type ReportableMessage = MessageWithFile & { readonly text: string | null };

/** What one has read and seen of an encrypted message. */
export interface OpenedEvidence {
  readonly messageId: string;
  readonly text?: string;
  /** What opens its file. */
  readonly fileKey?: FileKey;
}

export interface UseReportsResult {
  /** The reports you made, the newest first. What comes of them shows by itself. */
  reports: OwnReport[];
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  /** Reports someone, and blocks them as well where `alsoBlock` says so. Rejects with an `ApiError`. */
  report(input: EndpointInput<'reports.report'>): Promise<OwnReport>;
  /**
   * What those of the messages say that are encrypted, for `evidence.opened`. `withFiles`: what opens their files goes along, so that the
   * service opens them for the moderators; ask before. What cannot be opened here is left out. Never rejects.
   */
  openedIn(messages: readonly ReportableMessage[], options?: { withFiles?: boolean }): Promise<OpenedEvidence[]>;
  /** Why loading the list failed. */
  error: ApiError | null;
}

async function openedOf(client: ApiClient, message: ReportableMessage, withFiles: boolean): Promise<OpenedEvidence[]> {
  const { id: messageId, envelope, text, media } = message;
  if (messageId === null || envelope === null) return [];
  const fileKey = withFiles && media !== null ? await client.fileKey(message).catch(() => undefined) : undefined;
  if (text === null && fileKey === undefined) return [];
  return [{ messageId, ...(text !== null && { text }), ...(fileKey && { fileKey }) }];
}

/** Telling the moderators about someone, and what came of it. */
export function useReports(): UseReportsResult {
  const { client, live } = useApiContext();
  const { items: reports, isLoading, hasMore, fetchMore, error } = usePages('reports.mine', {});
  const { report, openedIn } = useStable({
    report: (input: EndpointInput<'reports.report'>) => live.run('reports.report', input),
    openedIn: async (messages: readonly ReportableMessage[], { withFiles = false } = {}) =>
      (await Promise.all(messages.map((message) => openedOf(client, message, withFiles)))).flat(),
  });
  return { reports, isLoading, hasMore, fetchMore, report, openedIn, error };
}
