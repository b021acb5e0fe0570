import type { ApiError } from '../errors';
import type { Block } from '../wire';
import { useApiContext } from './provider';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

export interface UseBlocksResult {
  /** Whom you have blocked, the newest first. */
  blocks: Block[];
  isLoading: boolean;
  hasMore: boolean;
  /** Never rejects; `error` tells. */
  fetchMore(): Promise<void>;
  /** Neither sees the other any more; a match with them ends, a call is hung up. Rejects with an `ApiError`. */
  block(userId: string): Promise<void>;
  /** What the block ended stays ended. Rejects with an `ApiError`. */
  unblock(userId: string): Promise<void>;
  /** Why loading the list failed. */
  error: ApiError | null;
}

/** Whom you do not want to see. */
export function useBlocks(): UseBlocksResult {
  const { live } = useApiContext();
  const { items: blocks, isLoading, hasMore, fetchMore, error } = usePages('blocks.list', {});
  const actions = useStable({
    async block(userId: string) {
      await live.run('blocks.block', { userId });
    },
    async unblock(userId: string) {
      await live.run('blocks.unblock', { userId });
    },
  });
  return { blocks, isLoading, hasMore, fetchMore, ...actions, error };
}
