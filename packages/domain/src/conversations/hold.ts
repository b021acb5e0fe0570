import { sql } from 'drizzle-orm';
import { blocks } from '../blocks/table';
import { rows } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
import type { Context, Work } from '../pipeline/context';
import { isUsable, requireUsable, type Standing } from '../users/standing';
import { users } from '../users/table';
import { conversationMembers, conversations } from './table';

/** A conversation that a member has a hold on until the transaction ends: nothing else is written in it, and nobody's standing changes. */
export interface Held {
  readonly id: string;
  readonly open: boolean;
  /** `seq` of the newest message. */
  readonly lastSeq: number;
  readonly own: HeldMember;
  readonly other: HeldMember;
  /** The other one deleted their account. What they wrote stays. */
  readonly isOtherDeleted: boolean;
}

export interface HeldMember {
  readonly userId: string;
  readonly readSeq: number;
  readonly unreadCount: number;
}

/** Who asks for a conversation. */
export interface Wanted {
  readonly userId: string;
  readonly conversationId: string;
}

interface ConversationRow {
  readonly id: string;
  readonly open: boolean;
  readonly lastSeq: number;
}

interface MemberRow extends HeldMember, Pick<Standing, 'status'> {
  readonly conversationId: string;
  /** In milliseconds. */
  readonly suspendedUntil: number | null;
  /** Has blocked another one in it. */
  readonly blocks: boolean;
}

const given = sql.placeholder('ids');

const held = writtenOnce<object, { ids: string }>(
  () => sql`
    select id, open, last_seq as "lastSeq" from ${conversations} where id = any(${given}::uuid[]) order by id for update`,
)({});

/** Each person is looked up and taken for themselves, in their order: never all accounts, however few there are. */
const heldMembers = writtenOnce<object, { ids: string }>(
  () => sql`
    select member.conversation_id as "conversationId", member.user_id as "userId", member.read_seq as "readSeq",
      member.unread_count as "unreadCount", standing.status,
      (extract(epoch from standing.suspended_until) * 1000)::float8 as "suspendedUntil",
      exists (
        select 1 from ${conversationMembers} other join ${blocks} on blocks.blocker_id = member.user_id and blocks.blocked_id = other.user_id
        where other.conversation_id = member.conversation_id
      ) as blocks
    from (select * from ${conversationMembers} where conversation_id = any(${given}::uuid[]) order by user_id) member
    cross join lateral (select status, suspended_until from ${users} where users.id = member.user_id for share) standing`,
)({});

/**
 * Takes hold of conversations, each for the one who wants it: the one check of who may change anything in a conversation. Until
 * the transaction ends what is found stays true: messages get their `seq` one after the other, no unmatch slips in between, and
 * none of the members is suspended, banned or deleted. What is answered finds out of it what one of them may do.
 *
 * Conversations are taken in the order of their ids, then people in the order of theirs, so that two who want several never wait
 * for each other. The members are read after the first of the two is had, since they may have changed while it was waited for.
 */
export async function holdAll({ db, now }: Work, conversationIds: readonly string[]): Promise<(wanted: Wanted) => Held | undefined> {
  const ids = arrayOf([...new Set(conversationIds)]);
  // Sent at once; the server carries the second out when it is done with the first.
  const [conversationRows, memberRows] = await Promise.all([
    rows<ConversationRow>(db, held({ ids })),
    rows<MemberRow>(db, heldMembers({ ids })),
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
    const other = members.get(conversationId)?.find((member) => member.userId !== userId);
    if (conversation === undefined || own === undefined || other === undefined) return undefined;
    requireUsable(standingOf(own), now);
    const isOtherDeleted = other.status === 'deleted';
    // As everywhere: who is suspended or banned is gone for a while, and a block hides the two from each other.
    if (own.blocks || other.blocks || !(isOtherDeleted || isUsable(standingOf(other), now))) return undefined;
    return { ...conversation, own, other, isOtherDeleted };
  };
}

function standingOf({ status, suspendedUntil }: MemberRow): Standing {
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
  const look = await holdAll(work, [conversationId]);
  return look({ userId, conversationId });
}

/** Whose devices are told of what happens in it. */
export function membersOfHeld({ own, other }: Held): string[] {
  return [own.userId, other.userId];
}

/** Refuses to have anything written where the two are not matched any more, or the other one is gone. */
export function requireOpen(context: Pick<Context<'NOT_MATCHED' | 'RECIPIENT_DELETED'>, 'fail'>, { open, isOtherDeleted }: Held): void {
  if (isOtherDeleted) throw context.fail('RECIPIENT_DELETED');
  if (!open) throw context.fail('NOT_MATCHED');
}
