import type { Draft } from '@app/contracts';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { wellFormed } from '../encoding';
import type { Context, Work } from '../pipeline/context';
import { presentDraft, requireConversation } from './rules';
import { conversationMembers } from './table';

/** Keeps what the caller is writing, and tells their devices, where it is not what is kept already. */
export async function saveDraft(
  context: Context<'CONVERSATION_NOT_FOUND' | 'CONVERSATION_ENCRYPTED'>,
  conversationId: string,
  given: string,
): Promise<Draft | null> {
  const { db, now, caller } = context;
  const { own, conversation } = await requireConversation(context, conversationId);
  const text = wellFormed(given);
  const kept = text.trim() === '' ? null : text;
  // It stays on the device where it is written.
  if (kept !== null && conversation.encryptedAt !== null) throw context.fail('CONVERSATION_ENCRYPTED');
  if (kept === own.draft) return presentDraft(own);
  const changed = { draft: kept, draftAt: kept === null ? null : now };
  const [written] = await db
    .update(conversationMembers)
    .set(changed)
    .where(
      and(
        eq(conversationMembers.conversationId, conversationId),
        eq(conversationMembers.userId, caller.userId),
        isNull(conversationMembers.leftAt),
      ),
    )
    .returning({ userId: conversationMembers.userId });
  // They left, or were removed, meanwhile.
  if (written === undefined) throw context.fail('CONVERSATION_NOT_FOUND');
  const draft = presentDraft(changed);
  context.emit('draft:changed', caller.userId, { conversationId, draft });
  return draft;
}

/** Forgets what someone was writing anywhere. */
export async function forgetDrafts({ db }: Work, userId: string): Promise<void> {
  await db
    .update(conversationMembers)
    .set({ draft: null, draftAt: null })
    .where(and(eq(conversationMembers.userId, userId), isNotNull(conversationMembers.draft)));
}
