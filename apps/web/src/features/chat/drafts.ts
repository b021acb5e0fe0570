/** Where the draft of a conversation is kept, for as long as the tab lives. */
export const draftKey = (conversationId: string) => `heartline.draft.${conversationId}`;

/** Drafts belong to who wrote them. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(draftKey(''))) sessionStorage.removeItem(key);
}
