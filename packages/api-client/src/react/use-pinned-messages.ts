import type { ApiError } from '../errors';
import type { Message } from '../wire';
import { usePages } from './use-pages';

export interface UsePinnedMessagesResult {
  /** The newest pin first. */
  pinned: Message[];
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  error: ApiError | null;
}

/** What is pinned in a conversation. Nothing is loaded while the id is undefined. Pin and unpin by `useChat`. */
export function usePinnedMessages(conversationId: string | undefined): UsePinnedMessagesResult {
  const input = conversationId === undefined ? undefined : { conversationId };
  const { items: pinned, isLoading, hasMore, fetchMore, error } = usePages('messages.pinned', input);
  return { pinned, isLoading, hasMore, fetchMore, error };
}
