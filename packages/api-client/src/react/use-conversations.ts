import type { ApiError } from '../errors';
import type { Conversation } from '../wire';

export interface UseConversationsResult {
  /** The latest activity first. */
  conversations: Conversation[];
  /** Unread messages in all of `conversations`. */
  unreadTotal: number;
  /** The conversation with someone you are matched with; made if it is not there yet. Rejects with `NOT_MATCHED`, … */
  openDirect(userId: string): Promise<Conversation>;
  isLoading: boolean;
  hasMore: boolean;
  fetchMore(): Promise<void>;
  error: ApiError | null;
}

/** Your conversations, kept in order and counted as messages come and are read. */
export function useConversations(): UseConversationsResult {
  throw new Error('not built yet');
}

/** Unread messages in all loaded conversations. Renders only when the number changes: for a badge. */
export function useUnreadTotal(): number {
  throw new Error('not built yet');
}
