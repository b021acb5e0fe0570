import type { Conversation, Draft, Member, Message } from '@app/contracts';
import { and, asc, eq, gt, gte, inArray, isNull, not, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/database';
import { arrayOf } from '../db/written';
import { notHiddenFrom } from '../messages/hidden';
import { presentMessages } from '../messages/present';
import { messages } from '../messages/table';
import { pairOf } from '../people/pair';
import { type PersonRow, type Presenting, presentPerson, visiblePeople, writtenWithPeople } from '../people/people';
import { momentOf } from '../people/visibility';
import { presentPhoto } from '../photos/present';
import type { Context, Work } from '../pipeline/context';
import type { Hearers } from './hold';
import { conversationMembers, conversations } from './table';

export type ConversationRow = typeof conversations.$inferSelect;
export type MemberRow = typeof conversationMembers.$inferSelect;

/** A conversation that the caller is in. */
export interface OwnConversation {
  readonly conversation: ConversationRow;
  readonly own: MemberRow;
  /** Between two people the other one, whose words the caller keeps; null in a group, which may have many. */
  readonly other: MemberRow | null;
  /** The other one as they are seen; null in a group, and once they deleted their account. */
  readonly person: PersonRow | null;
}

/** The newest message that someone can read. */
export interface Newest {
  readonly message: Message;
  /** Who sent it, where the reader sees them and would not know otherwise. */
  readonly sender: PersonRow | null;
}

export function directKey(one: string, other: string): string {
  const { userA, userB } = pairOf(one, other);
  return `${userA}:${userB}`;
}

/** Who is in a conversation now, as a condition of a query. */
export function areIn(conversationId: string): SQL | undefined {
  return and(eq(conversationMembers.conversationId, conversationId), isNull(conversationMembers.leftAt));
}

/** Whether a member is notified of its messages, as a condition of a query. */
export function isHeard(now: Date): SQL | undefined {
  const isMuted = sql`(${conversationMembers.muted} and (${conversationMembers.mutedUntil} is null or ${conversationMembers.mutedUntil} > ${momentOf(now)}))`;
  return and(eq(conversationMembers.archived, false), not(isMuted));
}

/** What a member can read of their conversation, as a condition of a query: what was there before they joined is not theirs. */
export function readableBy({ conversationId, joinedSeq }: Pick<MemberRow, 'conversationId' | 'joinedSeq'>): SQL | undefined {
  return and(eq(messages.conversationId, conversationId), joinedSeq === 0 ? undefined : gt(messages.seq, joinedSeq));
}

/**
 * The conversation, if the caller is in it and, between two people, the other one is not hidden from them: the one check of who
 * may look into a conversation. Who changes something in it takes hold of it: `hold.ts`.
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
  const isGroup = conversation.kind === 'group';
  const members = await db
    .select()
    .from(conversationMembers)
    .where(and(areIn(conversationId), isGroup ? eq(conversationMembers.userId, userId) : undefined));
  const own = members.find((member) => member.userId === userId);
  if (own === undefined) return undefined;
  if (isGroup) return { conversation, own, other: null, person: null };
  const other = members.find((member) => member.userId !== userId);
  if (other === undefined) return undefined;
  const person = (await writtenWithPeople(work, userId, [other.userId])).get(other.userId);
  return person === undefined ? undefined : { conversation, own, other, person };
}

export function presentConversation(
  { conversation, own, other, person }: OwnConversation,
  newest: Newest | undefined,
  work: Presenting,
): Conversation {
  const isMuted = own.muted && (own.mutedUntil === null || own.mutedUntil > work.now);
  return {
    id: conversation.id,
    kind: conversation.kind,
    name: conversation.name,
    picture: conversation.picture === null ? null : presentPhoto(conversation.picture, work),
    pictureBy: conversation.picture?.by ?? null,
    person: person === null ? null : presentPerson(person, work),
    members: (other === null ? [own] : [own, other]).map(presentMember),
    memberCount: conversation.memberCount,
    role: conversation.kind === 'group' ? own.role : null,
    encryptedAt: conversation.encryptedAt?.toISOString() ?? null,
    open: conversation.open && (conversation.kind === 'group' || person !== null),
    lastMessage: newest?.message ?? null,
    lastSender: newest === undefined || newest.sender === null ? null : presentPerson(newest.sender, work),
    unreadCount: own.unreadCount,
    muted: isMuted ? { until: own.mutedUntil?.toISOString() ?? null } : null,
    archived: own.archived,
    draft: presentDraft(own),
    createdAt: conversation.createdAt.toISOString(),
    lastActivityAt: own.lastActivityAt.toISOString(),
  };
}

/** What they were writing and have not sent. */
export function presentDraft({ draft, draftAt }: Pick<MemberRow, 'draft' | 'draftAt'>): Draft | null {
  return draft === null || draftAt === null ? null : { text: draft, updatedAt: draftAt.toISOString() };
}

function presentMember({ userId, readSeq, deliveredSeq }: MemberRow): Member {
  return { userId, readSeq, deliveredSeq: Math.max(deliveredSeq, readSeq) };
}

/** The newest message that the member can read of each of their conversations, read at once. */
export async function newestMessages(
  work: Work,
  of: readonly Pick<OwnConversation, 'conversation' | 'own'>[],
): Promise<Map<string, Newest>> {
  const withMessages = of.filter(({ conversation, own }) => conversation.lastSeq > own.joinedSeq);
  if (withMessages.length === 0) return new Map();
  const viewer = withMessages[0]?.own.userId ?? '';
  const ids = arrayOf(withMessages.map(({ conversation }) => conversation.id));
  const joined = arrayOf(withMessages.map(({ own }) => own.joinedSeq));
  // One look for each in the index that has them in their order.
  const newest = sql`
    select newest.id from unnest(${ids}::uuid[], ${joined}::int[]) given (conversation_id, joined_seq)
    cross join lateral (
      select id from ${messages}
      where ${messages.conversationId} = given.conversation_id and ${messages.seq} > given.joined_seq and ${notHiddenFrom(viewer)}
      order by ${messages.seq} desc limit 1
    ) newest`;
  const found = await work.db.select().from(messages).where(sql`${messages.id} in (${newest})`);
  const groups = new Set(
    withMessages.filter(({ conversation }) => conversation.kind === 'group').map(({ conversation }) => conversation.id),
  );
  const hasSender = ({ conversationId, senderId }: Pick<Message, 'conversationId' | 'senderId'>) =>
    groups.has(conversationId) && senderId !== viewer;
  const people = await visiblePeople(
    work,
    viewer,
    found.filter(hasSender).map(({ senderId }) => senderId),
  );
  return new Map(
    (await presentMessages(work.db, found, viewer)).map((message) => {
      const sender = hasSender(message) ? people.get(message.senderId) : undefined;
      return [message.conversationId, { message, sender: sender ?? null }];
    }),
  );
}

export async function presentOne(work: Work, own: OwnConversation): Promise<Conversation> {
  const newest = await newestMessages(work, [own]);
  return presentConversation(own, newest.get(own.conversation.id), work);
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

/** Everyone who is in these conversations, by conversation. */
export async function membersOf(db: Db, conversationIds: readonly string[]): Promise<Map<string, MemberRow[]>> {
  if (conversationIds.length === 0) return new Map();
  const found = await db
    .select()
    .from(conversationMembers)
    .where(and(inArray(conversationMembers.conversationId, [...conversationIds]), isNull(conversationMembers.leftAt)));
  const byConversation = new Map<string, MemberRow[]>();
  for (const member of found) {
    const ofThis = byConversation.get(member.conversationId);
    if (ofThis === undefined) byConversation.set(member.conversationId, [member]);
    else ofThis.push(member);
  }
  return byConversation;
}

/** Who hears of what happens in each of these conversations. */
export async function hearersIn(db: Db, conversationIds: readonly string[]): Promise<Map<string, Hearers>> {
  const members = await membersOf(db, conversationIds);
  const found = await db
    .select({ id: conversations.id, kind: conversations.kind })
    .from(conversations)
    .where(inArray(conversations.id, [...conversationIds]));
  return new Map(found.map(({ id, kind }) => [id, { kind, userIds: (members.get(id) ?? []).map(({ userId }) => userId) }]));
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
