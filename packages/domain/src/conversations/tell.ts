import { and, eq } from 'drizzle-orm';
import { hidersOf } from '../messages/hidden';
import { findAbout, presentMessage } from '../messages/present';
import { messages } from '../messages/table';
import { type PersonRow, viewersOf, visiblePerson } from '../people/people';
import type { Work } from '../pipeline/context';
import { areIn, type ConversationRow, directKey, findConversation, type MemberRow, presentConversation, presentOne } from './rules';
import { conversationMembers, conversations } from './table';

/** Tells each member how the conversation stands now, in their own view of it. */
export async function tellMembers(work: Work, conversationId: string): Promise<void> {
  const [conversation] = await work.db.select().from(conversations).where(eq(conversations.id, conversationId));
  if (conversation === undefined) return;
  const members = await work.db.select().from(conversationMembers).where(areIn(conversationId));
  if (conversation.kind === 'group') return tellGroup(work, conversation, members);
  // They are two.
  for (const { userId } of members) await tellMember(work, userId, conversationId);
}

/** Tells one member how the conversation stands now, on all their devices. */
export async function tellMember(work: Work, userId: string, conversationId: string): Promise<void> {
  const view = await findConversation(work, userId, conversationId);
  if (view === undefined) return;
  const conversation = await presentOne(work, view);
  if (view.other === null)
    work.emit('conversation:updated', userId, { conversation }, conversation.lastSender ? [conversation.lastSender.id] : []);
  else work.emit('conversation:updated', userId, { conversation });
}

/** Everyone's view is made of the same few rows, however many they are. */
async function tellGroup(work: Work, conversation: ConversationRow, members: readonly MemberRow[]): Promise<void> {
  const [row] = await work.db
    .select()
    .from(messages)
    .where(and(eq(messages.conversationId, conversation.id), eq(messages.seq, conversation.lastSeq)));
  const about = await findAbout(work.db, row === undefined ? [] : [row]);
  const senderId = row?.senderId;
  const hiders = row === undefined ? new Set<string>() : await hidersOf(work.db, row.id);
  const everyone = members.map(({ userId }) => userId);
  const sender: PersonRow | undefined = senderId === undefined ? undefined : await visiblePerson(work, senderId, senderId);
  const seeing = senderId === undefined ? new Set<string>() : await viewersOf(work, senderId, everyone);
  for (const own of members) {
    const isShown = sender !== undefined && own.userId !== senderId && seeing.has(own.userId);
    // The last one that they see is another one.
    if (hiders.has(own.userId)) {
      await tellMember(work, own.userId, conversation.id);
      continue;
    }
    const isTheirs = row !== undefined && row.seq > own.joinedSeq;
    const newest = isTheirs ? { message: presentMessage(row, about, own.userId), sender: isShown ? sender : null } : undefined;
    const view = presentConversation({ conversation, own, other: null, person: null }, newest, work);
    work.emit('conversation:updated', own.userId, { conversation: view }, view.lastSender ? [view.lastSender.id] : []);
  }
}

async function setOpen(work: Work, one: string, other: string, open: boolean): Promise<void> {
  const changed = await work.db
    .update(conversations)
    .set({ open })
    .where(and(eq(conversations.directKey, directKey(one, other)), eq(conversations.open, !open)))
    .returning({ id: conversations.id });
  for (const { id } of changed) await tellMembers(work, id);
}

/** The two may not write to each other any more. What they wrote stays. */
export function closeDirect(work: Work, one: string, other: string): Promise<void> {
  return setOpen(work, one, other, false);
}

/** The two may write again, where they have written before. */
export function reopenDirect(work: Work, one: string, other: string): Promise<void> {
  return setOpen(work, one, other, true);
}
