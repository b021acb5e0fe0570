import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Conversation } from '../wire';
import { draftDesk } from './draft';
import { useApi } from './provider';
import { useFacts } from './store';
import { useStable } from './use-stable';

export interface UseDraftResult {
  /** What is being written in the conversation, here or, while nothing is written here, on another device. */
  draft: string;
  /** Give it what stands in the field at each key stroke, and an empty text once it is sent. */
  setDraft(text: string): void;
}

/**
 * What is being written in a conversation. It is kept on the server a second after the last key stroke, and when the screen is left:
 * it is there again after a restart, and on one's other devices.
 */
export function useDraft(conversation: Pick<Conversation, 'id' | 'draft'> | undefined): UseDraftResult {
  const client = useApi();
  const queryClient = useQueryClient();
  const id = conversation?.id ?? '';
  const desk = useMemo(() => draftDesk(client, queryClient, id), [client, queryClient, id]);
  const facts = useFacts(desk.store);
  useEffect(() => () => void desk.save(), [desk]);
  const actions = useStable({
    setDraft(text: string) {
      // What is sent is gone from the other devices at once, where it was ever there.
      if (text === '' && !conversation?.draft && desk.drop()) return;
      desk.write(text);
      if (text === '') void desk.save();
    },
  });
  return { draft: facts.unsaved ?? conversation?.draft?.text ?? '', ...actions };
}
