import { useEffect, useState } from 'react';
import type { ApiError } from '../errors';
import type { Message } from '../wire';
import { usePages } from './use-pages';

export interface UseMessageSearchResult {
  /** Chat by chat, the one last written in first, and in each the newest first. */
  found: Message[];
  /** Nothing is found so far, and there is more to look at. */
  isLoading: boolean;
  hasMore: boolean;
  isFetchingMore: boolean;
  /** Looks on until there is something more, or nothing left to look at. Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  error: ApiError | null;
}

/**
 * Messages of your conversations, or of one of them, that have these words. Nothing is asked for without a word. One call looks at some
 * thousands of messages; where none of them has the words the hook asks on by itself.
 */
export function useMessageSearch(words: string, { conversationId }: { conversationId?: string } = {}): UseMessageSearchResult {
  const q = words.trim();
  const input = q === '' ? undefined : { q, ...(conversationId !== undefined && { conversationId }) };
  const { items: found, isLoading, hasMore, isFetching, isFetchingMore, fetchMore, onLast, error } = usePages('messages.search', input);
  const goesOn = hasMore && onLast === 0 && !error;
  // Pages without anything look the same, however many there are: that one has come is told by its number.
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whether to ask on is looked at anew after each
  useEffect(() => {
    if (goesOn && !isFetching) void fetchMore().then(() => setAsked((before) => before + 1));
  }, [goesOn, isFetching, asked, fetchMore]);
  return {
    found,
    isLoading: isLoading || (goesOn && found.length === 0),
    hasMore,
    isFetchingMore: isFetchingMore || goesOn,
    fetchMore,
    error,
  };
}
