import { useState } from 'react';
import { draftKey } from './drafts';

/** What is being written in a conversation. It is there again after a reload, and when one comes back from another page. */
export function useDraft(conversationId: string): [draft: string, setDraft: (text: string) => void] {
  const [draft, setDraft] = useState(() => sessionStorage.getItem(draftKey(conversationId)) ?? '');
  return [
    draft,
    (text) => {
      setDraft(text);
      if (text) sessionStorage.setItem(draftKey(conversationId), text);
      else sessionStorage.removeItem(draftKey(conversationId));
    },
  ];
}
