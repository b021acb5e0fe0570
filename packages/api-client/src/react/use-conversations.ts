import { useInfiniteQuery } from '@tanstack/react-query';
import type { ApiError } from '../errors';
import type { Conversation } from '../wire';
import { apiInfiniteQuery } from './options';
import { useAccess, useApi, useApiContext } from './provider';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

export interface UseConversationsResult {
  /** The latest activity first. */
  conversations: Conversation[];
  /** Unread messages in all of `conversations`. */
  unreadTotal: number;
  /** The conversation with someone you are matched with; made if it is not there yet. Rejects with `NOT_MATCHED`, … */
  openDirect(userId: string): Promise<Conversation>;
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  error: ApiError | null;
}

const unreadIn = (conversations: Conversation[]) => conversations.reduce((sum, { unreadCount }) => sum + unreadCount, 0);

/** Your conversations, kept in order and counted as messages come and are read. */
export function useConversations(): UseConversationsResult {
  const { live } = useApiContext();
  const { items: conversations, isLoading, hasMore, fetchMore, error } = usePages('conversations.list', {});
  const actions = useStable({ openDirect: (userId: string) => live.run('conversations.openDirect', { userId }) });
  return { conversations, unreadTotal: unreadIn(conversations), ...actions, isLoading, hasMore, fetchMore, error };
}

/** Unread messages in all loaded conversations. Renders only when the number changes: for a badge. */
export function useUnreadTotal(): number {
  const { enabled } = useAccess();
  const { data } = useInfiniteQuery({
    ...apiInfiniteQuery(useApi(), 'conversations.list', {}),
    enabled,
    select: ({ pages }) => unreadIn(pages.flatMap(({ items }) => items)),
  });
  return data ?? 0;
}
