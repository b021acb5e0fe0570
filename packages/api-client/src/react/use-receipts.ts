import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ApiError } from '../errors';
import type { Person } from '../wire';
import { apiQuery } from './options';
import { useAccess, useApi } from './provider';
import { recipientsOf } from './receipts';
import type { ChatMessage } from './timeline';
import { useMembers } from './use-members';

export interface UseReceiptsResult {
  /** Who has read it. */
  read: Person[];
  /** Who has it on a device and has not read it. */
  delivered: Person[];
  /** Whom it has not reached yet. */
  waiting: Person[];
  isLoading: boolean;
  error: ApiError | null;
}

/**
 * Whom a message of yours has reached and who has read it, kept in step. Whom you do not see is left out, and so is who has left a group or came to it
 * after the message. Nothing is loaded while it is undefined.
 */
export function useReceipts(message: Pick<ChatMessage, 'conversationId' | 'senderId' | 'seq'> | undefined): UseReceiptsResult {
  const client = useApi();
  const { enabled } = useAccess(message !== undefined);
  const { conversationId = '', senderId = '', seq = null } = message ?? {};
  const conversation = useQuery({ ...apiQuery(client, 'conversations.get', { conversationId }), enabled });
  const { kind, members: seats, person } = conversation.data ?? {};
  const members = useMembers(kind === 'group' ? conversationId : undefined);
  const receipts = useMemo(() => {
    const [, seat] = seats ?? [];
    const everyone =
      kind === 'group' && seq !== null
        ? recipientsOf(members.items, seq, senderId)
        : person && seat && seat.userId !== senderId
          ? [{ ...seat, person }]
          : [];
    const sorted: Record<'read' | 'delivered' | 'waiting', Person[]> = { read: [], delivered: [], waiting: [] };
    for (const one of everyone) {
      const isBy = (reached: number | null) => seq !== null && reached !== null && reached >= seq;
      const state = isBy(one.readSeq) ? 'read' : isBy(one.deliveredSeq) ? 'delivered' : 'waiting';
      if (one.person) sorted[state].push(one.person);
    }
    for (const people of Object.values(sorted)) people.sort((a, b) => a.displayName.localeCompare(b.displayName));
    return sorted;
  }, [kind, seats, person, members.items, seq, senderId]);
  const error = conversation.error ?? members.error;
  return { ...receipts, isLoading: message !== undefined && !error && (!kind || (kind === 'group' && !members.isComplete)), error };
}
