import type { Conversation } from '@app/contracts';
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { sessions } from '../auth/table';
import { hold, membersOfHeld, requireOpen } from '../conversations/hold';
import { writeNote } from '../conversations/note';
import { presentOne, requireConversation } from '../conversations/rules';
import { conversationMembers, conversations } from '../conversations/table';
import { tellMembers } from '../conversations/tell';
import type { Context } from '../pipeline/context';
import { isSignedIn } from './device';
import { encryptionDevices, encryptionIdentities } from './table';

type Starting = Context<'CONVERSATION_NOT_FOUND' | 'NOT_BETWEEN_TWO' | 'NOT_MATCHED' | 'RECIPIENT_DELETED' | 'ENCRYPTION_NOT_READY'>;

/** Has a conversation encrypted from now on, for both, for good. */
export async function startEncryption(context: Starting, conversationId: string): Promise<Conversation> {
  const { db, now, caller } = context;
  const held = await hold(context, conversationId);
  if (held.kind === 'group') throw context.fail('NOT_BETWEEN_TWO');
  if (!held.encrypted) {
    requireOpen(context, held);
    await requireReady(context, membersOfHeld(held));
    await db.update(conversations).set({ encryptedAt: now }).where(eq(conversations.id, conversationId));
    // What they were writing stays on their devices from now on.
    const drafting = await db
      .update(conversationMembers)
      .set({ draft: null, draftAt: null })
      .where(and(eq(conversationMembers.conversationId, conversationId), isNotNull(conversationMembers.draft)))
      .returning({ userId: conversationMembers.userId });
    for (const { userId } of drafting) context.emit('draft:changed', userId, { conversationId, draft: null });
    await writeNote(context, { id: conversationId, kind: 'direct' }, caller.userId, { type: 'encrypted' });
    await tellMembers(context, conversationId);
  }
  return presentOne(context, await requireConversation(context, conversationId));
}

/** Refuses while one of the two could not read what is written. */
async function requireReady({ db, now, fail }: Starting, userIds: readonly string[]): Promise<void> {
  const ready = await db
    .selectDistinct({ userId: encryptionDevices.userId })
    .from(encryptionDevices)
    .innerJoin(encryptionIdentities, eq(encryptionIdentities.userId, encryptionDevices.userId))
    .innerJoin(sessions, eq(sessions.id, encryptionDevices.sessionId))
    .where(and(inArray(encryptionDevices.userId, [...userIds]), isSignedIn(now)));
  const missing = userIds.filter((id) => !ready.some(({ userId }) => userId === id));
  if (missing.length > 0) throw fail('ENCRYPTION_NOT_READY', { userIds: missing });
}
