import type { ApiError } from '../errors';
import type { Message } from '../wire';
import { usePages } from './use-pages';

export interface UseMessageSearchResult {
  /** The newest first. */
  found: Message[];
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  error: ApiError | null;
}

/** Messages of your conversations, or of one of them, that have these words. Nothing is asked for without a word. */
export function useMessageSearch(words: string, { conversationId }: { conversationId?: string } = {}): UseMessageSearchResult {
  const q = words.trim();
  const input = q === '' ? undefined : { q, ...(conversationId !== undefined && { conversationId }) };
  const { items: found, isLoading, hasMore, fetchMore, error } = usePages('messages.search', input);
  return { found, isLoading, hasMore, fetchMore, error };
}
