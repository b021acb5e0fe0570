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
  /** Makes a group of people you are matched or friends with. Rejects with `CANNOT_BE_ADDED`, … */
  createGroup(group: { name: string; userIds: string[] }): Promise<Conversation>;
  /** You are not notified of its messages: until then, or (null) until you unmute it. */
  mute(conversationId: string, until?: string | null): Promise<void>;
  unmute(conversationId: string): Promise<void>;
  /** Puts it away, or back among the others. */
  setArchived(conversationId: string, archived: boolean): Promise<void>;
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  error: ApiError | null;
}

const unreadIn = (conversations: Conversation[]) => conversations.reduce((sum, { unreadCount }) => sum + unreadCount, 0);

export interface UseConversationsOptions {
  /** Those that are put away, instead of the others. */
  archived?: boolean;
}

/** Your conversations, kept in order and counted as messages come and are read. */
export function useConversations({ archived = false }: UseConversationsOptions = {}): UseConversationsResult {
  const { live } = useApiContext();
  const { items: conversations, isLoading, hasMore, fetchMore, error } = usePages('conversations.list', archived ? { archived } : {});
  const actions = useStable({
    openDirect: (userId: string) => live.run('conversations.openDirect', { userId }),
    createGroup: (group: { name: string; userIds: string[] }) => live.run('groups.create', group),
    async mute(conversationId: string, until: string | null = null) {
      await live.run('conversations.mute', { conversationId, until });
    },
    async unmute(conversationId: string) {
      await live.run('conversations.unmute', { conversationId });
    },
    async setArchived(conversationId: string, archived: boolean) {
      await live.run(archived ? 'conversations.archive' : 'conversations.unarchive', { conversationId });
    },
  });
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
