import type { EventData, Events, GroupRole, MessageEnvelope } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { blocks } from '../blocks/table';
import { rows } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
import type { Context, Work } from '../pipeline/context';
import { isUsable, requireUsable, type Standing } from '../users/standing';
import { users } from '../users/table';
import { conversationMembers, conversations } from './table';

/**
 * A conversation that a member has a hold on until the transaction ends: nothing else is written in it, nobody comes or goes, and
 * the standing of whoever holds it does not change; between two people that of the other one neither.
 */
export interface Held {
  readonly id: string;
  readonly kind: 'direct' | 'group';
  readonly open: boolean;
  /** Whether it takes envelopes instead of texts. */
  readonly encrypted: boolean;
  /** Of a group. */
  readonly name: string | null;
  /** `seq` of the newest message. */
  readonly lastSeq: number;
  readonly own: HeldMember;
  /** Everyone else who is in it; between two people the other one alone. */
  readonly others: readonly HeldMember[];
  /** Between two people: the other one deleted their account. What they wrote stays. */
  readonly isOtherDeleted: boolean;
}

export interface HeldMember {
  readonly userId: string;
  /** `member` between two people. */
  readonly role: GroupRole;
  /** What came up to here is not theirs to read. */
  readonly joinedSeq: number;
  readonly readSeq: number;
  readonly unreadCount: number;
  /** Has muted it or put it away: is not notified of its messages. */
  readonly isQuiet: boolean;
}

/** Who asks for a conversation. */
export interface Wanted {
  readonly userId: string;
  readonly conversationId: string;
}

interface ConversationRow {
  readonly id: string;
  readonly kind: Held['kind'];
  readonly open: boolean;
  readonly encrypted: boolean;
  readonly name: string | null;
  readonly lastSeq: number;
}

interface MemberRow extends HeldMember {
  readonly conversationId: string;
  /** Of whom it is not asked for, null: in a group nobody but those who do something there. */
  readonly status: Standing['status'] | null;
  /** In milliseconds. */
  readonly suspendedUntil: number | null;
  /** Has blocked the other one, between two people. */
  readonly blocks: boolean;
}

const given = sql.placeholder;

const held = writtenOnce<object, { ids: string }>(
  () => sql`
    select id, kind, open, encrypted_at is not null as encrypted, name, last_seq as "lastSeq" from ${conversations} where id = any(${given('ids')}::uuid[]) order by id for update`,
)({});

/**
 * Each person is looked up and taken for themselves, in their order: never all accounts, however few there are. Of a group those alone
 * who do something: that somebody else in it is suspended changes nothing for them.
 */
const heldMembers = writtenOnce<object, { ids: string; userIds: string; now: string }>(
  () => sql`
    select member.conversation_id as "conversationId", member.user_id as "userId", member.role, member.joined_seq as "joinedSeq",
      member.read_seq as "readSeq", member.unread_count as "unreadCount",
      (member.archived or (member.muted and (member.muted_until is null or member.muted_until > ${given('now')}::timestamptz))) as "isQuiet",
      standing.status, (extract(epoch from standing.suspended_until) * 1000)::float8 as "suspendedUntil",
      member.is_direct and exists (
        select 1 from ${conversationMembers} other join ${blocks} on blocks.blocker_id = member.user_id and blocks.blocked_id = other.user_id
        where other.conversation_id = member.conversation_id
      ) as blocks
    from (
      select *, (select kind = 'direct' from ${conversations} where id = conversation_id) as is_direct
      from ${conversationMembers} where conversation_id = any(${given('ids')}::uuid[]) and left_at is null order by user_id
    ) member
    left join lateral (
      select status, suspended_until from ${users}
      where users.id = member.user_id and (member.is_direct or member.user_id = any(${given('userIds')}::uuid[])) for share
    ) standing on true`,
)({});

/**
 * Takes hold of conversations, each for the one who wants it: the one check of who may change anything in a conversation. Until
 * the transaction ends what is found stays true: messages get their `seq` one after the other, no unmatch slips in between, nobody
 * is added or removed, and nobody who does something is suspended, banned or deleted. What is answered finds out of it what one of
 * them may do.
 *
 * Conversations are taken in the order of their ids, then people in the order of theirs, so that two who want several never wait
 * for each other. The members are read after the first of the two is had, since they may have changed while it was waited for.
 */
export async function holdAll({ db, now }: Work, wanted: readonly Wanted[]): Promise<(wanted: Wanted) => Held | undefined> {
  const ids = arrayOf([...new Set(wanted.map(({ conversationId }) => conversationId))]);
  const userIds = arrayOf([...new Set(wanted.map(({ userId }) => userId))]);
  // Sent at once; the server carries the second out when it is done with the first.
  const [conversationRows, memberRows] = await Promise.all([
    rows<ConversationRow>(db, held({ ids })),
    rows<MemberRow>(db, heldMembers({ ids, userIds, now: now.toISOString() })),
  ]);
  const found = new Map(conversationRows.map((row) => [row.id, row]));
  const members = new Map<string, MemberRow[]>();
  for (const member of memberRows) {
    const ofThis = members.get(member.conversationId);
    if (ofThis === undefined) members.set(member.conversationId, [member]);
    else ofThis.push(member);
  }
  return ({ userId, conversationId }) => {
    const conversation = found.get(conversationId);
    const own = members.get(conversationId)?.find((member) => member.userId === userId);
    const others = members.get(conversationId)?.filter((member) => member.userId !== userId);
    if (conversation === undefined || own === undefined || others === undefined) return undefined;
    requireUsable(standingOf(own), now);
    if (conversation.kind === 'group') return { ...conversation, own, others, isOtherDeleted: false };
    const [other] = others;
    if (other === undefined) return undefined;
    const isOtherDeleted = other.status === 'deleted';
    // As everywhere: who is suspended or banned is gone for a while, and a block hides the two from each other.
    if (own.blocks || other.blocks || !(isOtherDeleted || isUsable(standingOf(other), now))) return undefined;
    return { ...conversation, own, others, isOtherDeleted };
  };
}

function standingOf({ status, suspendedUntil, userId }: MemberRow): Standing {
  if (status === null) throw new Error(`The standing of ${userId} was not asked for.`);
  return { status, suspendedUntil: suspendedUntil === null ? null : new Date(suspendedUntil) };
}

/** As `holdAll`, of the caller's own one. Refuses one that is not there for them. */
export async function hold(context: Context<'CONVERSATION_NOT_FOUND'>, conversationId: string): Promise<Held> {
  const found = await findHeld(context, context.caller.userId, conversationId);
  if (found === undefined) throw context.fail('CONVERSATION_NOT_FOUND');
  return found;
}

/** As `hold`, for callers that answer another way when it is not there. */
export async function findHeld(work: Work, userId: string, conversationId: string): Promise<Held | undefined> {
  const look = await holdAll(work, [{ userId, conversationId }]);
  return look({ userId, conversationId });
}

/** Whose devices are told of what happens in it. */
export function membersOfHeld({ own, others }: Held): string[] {
  return [own.userId, ...others.map(({ userId }) => userId)];
}

/** The other one, between two people. */
export function otherOfHeld({ kind, others }: Held): HeldMember | undefined {
  return kind === 'direct' ? others[0] : undefined;
}

/** Who hears of what is done to a message, and in what kind of conversation. */
export interface Hearers {
  readonly kind: Held['kind'];
  readonly userIds: readonly string[];
}

export function hearersOf(held: Held): Hearers {
  return { kind: held.kind, userIds: membersOfHeld(held) };
}

/**
 * Tells of a message. Between two people it shows who wrote it: a device that missed it is not told of late, once the two are hidden
 * from each other. In a group it shows nobody: who is hidden there has no name and no face, but what is said to all is said to all.
 */
export function tellOfMessage<E extends 'message:created' | 'message:updated' | 'message:deleted'>(
  work: Work,
  { kind, userIds }: Hearers,
  event: E,
  data: EventData<Events[E]>,
): void {
  if (kind === 'group') work.emit(event, userIds, data, []);
  else work.emit(event, userIds, data);
}

/** Refuses to have anything written where the two are not matched any more, or the other one is gone. */
export function requireOpen(context: Pick<Context<'NOT_MATCHED' | 'RECIPIENT_DELETED'>, 'fail'>, { open, isOtherDeleted }: Held): void {
  if (isOtherDeleted) throw context.fail('RECIPIENT_DELETED');
  if (!open) throw context.fail('NOT_MATCHED');
}

/** Refuses plain text where a conversation is encrypted, and envelopes where it is not. */
export function requireForm(
  context: Pick<Context<'CONVERSATION_ENCRYPTED' | 'CONVERSATION_NOT_ENCRYPTED'>, 'fail'>,
  { encrypted }: Held,
  envelope: MessageEnvelope | null,
): void {
  if (encrypted && envelope === null) throw context.fail('CONVERSATION_ENCRYPTED');
  if (!encrypted && envelope !== null) throw context.fail('CONVERSATION_NOT_ENCRYPTED');
}
