import type { Message } from '@app/contracts';
import { eq } from 'drizzle-orm';
import { findHeld, type Hearers, type Held, tellOfMessage } from '../conversations/hold';
import type { Context, Work } from '../pipeline/context';
import { stillHearing } from './hidden';
import { findAbout, type MessageRow, presentMessage } from './present';
import { byOwnReaction } from './reacted';
import { messages } from './table';
import { keepVersion } from './versions';

/** A message that a member has a hold on, with its conversation. */
export interface HeldMessage {
  readonly row: MessageRow;
  readonly conversation: Held;
}

/** A message that the caller can read, locked: the one check of who may do anything with a message. */
export async function holdMessage(context: Context<'MESSAGE_NOT_FOUND'>, messageId: string): Promise<HeldMessage> {
  const { db, caller } = context;
  const [found] = await db.select({ conversationId: messages.conversationId }).from(messages).where(eq(messages.id, messageId));
  if (found === undefined) throw context.fail('MESSAGE_NOT_FOUND');
  const conversation = await findHeld(context, caller.userId, found.conversationId);
  if (conversation === undefined) throw context.fail('MESSAGE_NOT_FOUND');
  const [row] = await db.select().from(messages).where(eq(messages.id, messageId)).for('update');
  // What was there before they joined is not theirs.
  if (row === undefined || row.seq <= conversation.own.joinedSeq) throw context.fail('MESSAGE_NOT_FOUND');
  return { row, conversation };
}

/** As `holdMessage`, of what somebody wrote: what happened to a group can neither be reacted to nor pinned. */
export async function holdWrittenMessage(context: Context<'MESSAGE_NOT_FOUND'>, messageId: string): Promise<HeldMessage> {
  const held = await holdMessage(context, messageId);
  if (held.row.system !== null) throw context.fail('MESSAGE_NOT_FOUND');
  return held;
}

/** As `holdMessage`, of one that the caller wrote. */
export async function holdOwnMessage(
  context: Context<'MESSAGE_NOT_FOUND' | 'NOT_MESSAGE_SENDER'>,
  messageId: string,
): Promise<HeldMessage> {
  const held = await holdMessage(context, messageId);
  // What happened is nobody's to change.
  if (held.row.senderId !== context.caller.userId || held.row.system !== null) throw context.fail('NOT_MESSAGE_SENDER');
  return held;
}

/**
 * Changes a message that is held, and tells those in its conversation, each with their own reaction to it. Answers it as `viewerId` sees it.
 */
export async function changeMessage(
  work: Work,
  row: MessageRow,
  to: Partial<Pick<MessageRow, 'text' | 'envelope' | 'editedAt' | 'pinnedAt'>>,
  hearers: Hearers,
  viewerId: string,
): Promise<Message> {
  const { db } = work;
  const changed = { ...to, revision: row.revision + 1 };
  if (to.text !== undefined) await keepVersion(work, row);
  await db.update(messages).set(changed).where(eq(messages.id, row.id));
  const now = { ...row, ...changed };
  const about = await findAbout(db, [now]);
  const { kind, userIds } = await stillHearing(db, row.id, hearers);
  for (const alike of byOwnReaction(about.reacted.get(row.id) ?? [], userIds)) {
    const [one = viewerId] = alike;
    tellOfMessage(work, { kind, userIds: alike }, 'message:updated', { message: presentMessage(now, about, one) });
  }
  return presentMessage(now, about, viewerId);
}
