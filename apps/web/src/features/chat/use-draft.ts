import { useState } from 'react';

const keyOf = (conversationId: string) => `heartline.draft.${conversationId}`;

/** What is being written in a conversation. It is there again after a reload, and when one comes back from another page. */
export function useDraft(conversationId: string): [draft: string, setDraft: (text: string) => void] {
  const [draft, setDraft] = useState(() => sessionStorage.getItem(keyOf(conversationId)) ?? '');
  return [
    draft,
    (text) => {
      setDraft(text);
      if (text) sessionStorage.setItem(keyOf(conversationId), text);
      else sessionStorage.removeItem(keyOf(conversationId));
    },
  ];
}

/** Drafts belong to who wrote them. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(keyOf(''))) sessionStorage.removeItem(key);
}
