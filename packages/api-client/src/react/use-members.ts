import { useEffect } from 'react';
import type { GroupMember } from '../wire';
import { type Pages, usePages } from './use-pages';

export interface Members extends Pages<GroupMember> {
  /** Whether everyone is there. */
  isComplete: boolean;
}

/** Everyone in a group, page after page until all are there. Nothing is loaded while the id is undefined. */
export function useMembers(conversationId: string | undefined): Members {
  const pages = usePages('groups.members', conversationId === undefined ? undefined : { conversationId, limit: 100 });
  const { hasMore, isFetchingMore, fetchMore, error } = pages;
  useEffect(() => {
    if (hasMore && !isFetchingMore && !error) void fetchMore();
  }, [hasMore, isFetchingMore, fetchMore, error]);
  return { ...pages, isComplete: conversationId !== undefined && !pages.isLoading && !hasMore && !error };
}
