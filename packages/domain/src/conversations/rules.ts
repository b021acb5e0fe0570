import type { Conversation, Message } from '@app/contracts';
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Db } from '../db/database';
import { presentMessages } from '../messages/present';
import { messages } from '../messages/table';
import { pairOf } from '../people/pair';
import { type PersonRow, type Presenting, presentPerson, writtenWithPeople } from '../people/people';
import type { Context, Work } from '../pipeline/context';
import { conversationMembers, conversations } from './table';

export type ConversationRow = typeof conversations.$inferSelect;
export type MemberRow = typeof conversationMembers.$inferSelect;

/** A conversation that the caller is a member of, with the other one, whose words the caller keeps. */
export interface OwnConversation {
  readonly conversation: ConversationRow;
  readonly own: MemberRow;
  readonly other: MemberRow;
  /** Null once they deleted their account. */
  readonly person: PersonRow | null;
}

export function directKey(one: string, other: string): string {
  const { userA, userB } = pairOf(one, other);
  return `${userA}:${userB}`;
}

/**
 * The conversation, if the caller is in it and the other one is not hidden from them: the one check of who may look into a
 * conversation. Who changes something in it takes hold of it: `hold.ts`.
 */
export async function requireConversation(context: Context<'CONVERSATION_NOT_FOUND'>, conversationId: string): Promise<OwnConversation> {
  const found = await findConversation(context, context.caller.userId, conversationId);
  if (found === undefined) throw context.fail('CONVERSATION_NOT_FOUND');
  return found;
}

/** As `requireConversation`, for callers that answer another way when it is not there. */
export async function findConversation(work: Work, userId: string, conversationId: string): Promise<OwnConversation | undefined> {
  const { db } = work;
  const [conversation] = await db.select().from(conversations).where(eq(conversations.id, conversationId));
  if (conversation === undefined) return undefined;
  const members = await db.select().from(conversationMembers).where(eq(conversationMembers.conversationId, conversationId));
  const own = members.find((member) => member.userId === userId);
  const other = members.find((member) => member.userId !== userId);
  if (own === undefined || other === undefined) return undefined;
  const person = (await writtenWithPeople(work, userId, [other.userId])).get(other.userId);
  return person === undefined ? undefined : { conversation, own, other, person };
}

export function presentConversation(
  { conversation, own, other, person }: OwnConversation,
  lastMessage: Message | undefined,
  work: Presenting,
): Conversation {
  return {
    id: conversation.id,
    kind: conversation.kind,
    person: person === null ? null : presentPerson(person, work),
    members: [own, other].map(({ userId, readSeq }) => ({ userId, readSeq })),
    open: conversation.open && person !== null,
    lastMessage: lastMessage ?? null,
    unreadCount: own.unreadCount,
    createdAt: conversation.createdAt.toISOString(),
    lastActivityAt: own.lastActivityAt.toISOString(),
  };
}

/** The newest message of each conversation, read at once. */
export async function lastMessages(db: Db, of: readonly ConversationRow[]): Promise<Map<string, Message>> {
  const withMessages = of.filter((conversation) => conversation.lastSeq > 0);
  if (withMessages.length === 0) return new Map();
  const newest = sql.join(
    withMessages.map(({ id, lastSeq }) => sql`(${id}::uuid, ${lastSeq}::int)`),
    sql`, `,
  );
  const found = await db.select().from(messages).where(sql`(${messages.conversationId}, ${messages.seq}) in (${newest})`);
  return new Map((await presentMessages(db, found)).map((message) => [message.conversationId, message]));
}

export async function presentOne(work: Work, own: OwnConversation): Promise<Conversation> {
  const last = await lastMessages(work.db, [own.conversation]);
  return presentConversation(own, last.get(own.conversation.id), work);
}

/** Tells each member how the conversation stands now, in their own view of it. */
export async function tellMembers(work: Work, conversationId: string): Promise<void> {
  const members = await work.db
    .select({ userId: conversationMembers.userId })
    .from(conversationMembers)
    .where(eq(conversationMembers.conversationId, conversationId));
  for (const { userId } of members) {
    const view = await findConversation(work, userId, conversationId);
    if (view !== undefined) work.emit('conversation:updated', userId, { conversation: await presentOne(work, view) });
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

/** Until the transaction ends, neither of the two can write to the other. */
export async function holdDirect(db: Db, one: string, other: string): Promise<void> {
  await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.directKey, directKey(one, other)))
    .for('update');
}

/** Whether either of the two has written to the other since then. */
export async function hasMessages(db: Db, one: string, other: string, since: Date): Promise<boolean> {
  const [message] = await db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(and(eq(conversations.directKey, directKey(one, other)), gte(messages.createdAt, since)))
    .limit(1);
  return message !== undefined;
}

/** Every member of these conversations, by conversation. */
export async function membersOf(db: Db, conversationIds: readonly string[]): Promise<Map<string, MemberRow[]>> {
  if (conversationIds.length === 0) return new Map();
  const found = await db
    .select()
    .from(conversationMembers)
    .where(inArray(conversationMembers.conversationId, [...conversationIds]));
  const byConversation = new Map<string, MemberRow[]>();
  for (const member of found) {
    const ofThis = byConversation.get(member.conversationId);
    if (ofThis === undefined) byConversation.set(member.conversationId, [member]);
    else ofThis.push(member);
  }
  return byConversation;
}

/** Until the transaction ends, nothing is written in these conversations. Held in the order of ids. */
export async function holdConversations(db: Db, ids: readonly string[]): Promise<void> {
  await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(inArray(conversations.id, [...ids]))
    .orderBy(asc(conversations.id))
    .for('update');
}
