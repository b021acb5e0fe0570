import type { api, Message } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { type Held, holdAll, membersOfHeld, requireOpen } from '../conversations/hold';
import { type Db, rows } from '../db/database';
import { writtenOnce } from '../db/written';
import { wellFormed } from '../encoding';
import { keepMatches } from '../matches/rules';
import { notify } from '../notifications/notify';
import type { Work } from '../pipeline/context';
import { Failure } from '../pipeline/failure';
import type { TogetherCall } from '../pipeline/implement';
import { type MessageRow, presentMessage } from './present';
import { messages } from './table';

type Sending = TogetherCall<typeof api.messages.send>;

/** A message that may be sent, and where. */
interface Sendable {
  readonly call: Sending;
  readonly held: Held;
  readonly id: string;
  readonly text: string;
}

interface Sent extends Sendable {
  readonly row: MessageRow;
}

/**
 * Stores messages as their conversations' next ones and counts them as unread for the others, all in one statement. What was sent
 * before, by its `clientId`, is left out and counts for nothing. The caller holds the conversations. Answers the `seq` of each
 * that was stored, by its id.
 */
const stored = writtenOnce<object, { given: string; now: string }>(() => {
  const now = sql`${sql.placeholder('now')}::timestamptz`;
  return sql`
    with given as (
      select * from json_to_recordset(${sql.placeholder('given')}::json)
        as given (n int, id uuid, conversation_id uuid, sender_id uuid, client_id uuid, text text)
    ),
    numbered as (
      select given.*, (conversations.last_seq + row_number() over (partition by given.conversation_id order by given.n))::int as seq
      from given join conversations on conversations.id = given.conversation_id
      where not exists (
        select 1 from messages before
        where before.conversation_id = given.conversation_id and before.sender_id = given.sender_id and before.client_id = given.client_id
      )
    ),
    stored as (
      insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
      select id, conversation_id, seq, sender_id, client_id, text, ${now} from numbered order by n
    ),
    moved as (
      update conversations set last_seq = newest.seq
      from (select conversation_id, max(seq) as seq from numbered group by conversation_id) newest
      where conversations.id = newest.conversation_id
    ),
    counted as (
      update conversation_members member set
        last_activity_at = ${now},
        unread_count = unread_count + tally.of_others,
        sent_count = sent_count + tally.own
      from (
        select member.conversation_id, member.user_id,
          (count(*) filter (where numbered.sender_id <> member.user_id))::int as of_others,
          (count(*) filter (where numbered.sender_id = member.user_id))::int as own
        from numbered join conversation_members member on member.conversation_id = numbered.conversation_id
        group by member.conversation_id, member.user_id
      ) tally
      where member.conversation_id = tally.conversation_id and member.user_id = tally.user_id
    )
    select id, seq from numbered`;
})({});

/** What makes a message the same one, however often it is sent. */
function keyOf({ conversationId, senderId, clientId }: Pick<MessageRow, 'conversationId' | 'senderId' | 'clientId'>): string {
  return `${conversationId} ${senderId} ${clientId}`;
}

function keyOfCall({ caller, input }: Sending): string {
  return keyOf({ conversationId: input.conversationId, senderId: caller.userId, clientId: input.clientId });
}

/** Sends messages: each answered as if it came alone, the work done for all of them at once. */
export async function sendAll(work: Work, calls: readonly Sending[]): Promise<readonly (Message | Failure)[]> {
  const look = await holdAll(
    work,
    calls.map(({ input }) => input.conversationId),
  );
  const asked = calls.map((call) => ({
    call,
    key: keyOfCall(call),
    held: orFailure(
      () => look({ userId: call.caller.userId, conversationId: call.input.conversationId }) ?? call.fail('CONVERSATION_NOT_FOUND'),
    ),
  }));
  const sendable = new Map<string, Sendable>();
  for (const { call, key, held } of asked) {
    if (held instanceof Failure || !held.open || held.isOtherDeleted) continue;
    // One that is there twice is sent once; the second is answered with the first.
    if (!sendable.has(key)) sendable.set(key, { call, held, id: work.newId(), text: wellFormed(call.input.text) });
  }
  const sent = await store(work, [...sendable.values()]);
  await tell(work, sent);

  const rowsByKey = new Map(sent.map(({ row }) => [keyOf(row), row]));
  const isFirst = new Set(sent.map(({ call }) => call));
  const repeated = asked.filter(({ key, held }) => !(held instanceof Failure) && !rowsByKey.has(key)).map(({ call }) => call);
  for (const row of await sentBefore(work.db, repeated)) rowsByKey.set(keyOf(row), row);
  return asked.map(({ call, key, held }) => {
    if (held instanceof Failure) return held;
    const row = rowsByKey.get(key);
    if (row === undefined) return orFailure(() => refuse(call, held));
    // Once it was edited or deleted its first text is not known any more, and a late repeat is only a repeat.
    const isKnown = !isFirst.has(call) && row.editedAt === null && row.deletedAt === null;
    if (isKnown && row.text !== wellFormed(call.input.text)) return call.fail('CLIENT_ID_REUSED', { messageId: row.id });
    return presentMessage(row);
  });
}

function refuse(call: Sending, held: Held): never {
  requireOpen(call, held);
  throw new Error(`A message to ${held.id} was not stored, and none is there in its place.`);
}

/** What `task` answers, or the failure that it throws. */
function orFailure<T>(task: () => T): T | Failure {
  try {
    return task();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function store(work: Work, sendable: readonly Sendable[]): Promise<Sent[]> {
  if (sendable.length === 0) return [];
  const given = sendable.map(({ call, id, text }, n) => ({
    n,
    id,
    conversation_id: call.input.conversationId,
    sender_id: call.caller.userId,
    client_id: call.input.clientId,
    text,
  }));
  const found = await rows<{ id: string; seq: number }>(work.db, stored({ given: JSON.stringify(given), now: work.now.toISOString() }));
  const places = new Map(found.map(({ id, seq }) => [id, seq]));
  return sendable.flatMap((one) => {
    const { call, id, text } = one;
    const seq = places.get(id);
    if (seq === undefined) return [];
    const { conversationId, clientId } = call.input;
    const row = {
      id,
      conversationId,
      seq,
      senderId: call.caller.userId,
      clientId,
      text,
      createdAt: work.now,
      editedAt: null,
      deletedAt: null,
    };
    return [{ ...one, row }];
  });
}

async function tell(work: Work, sent: readonly Sent[]): Promise<void> {
  if (work.settings.matchExpiryHours !== null) {
    await keepMatches(
      work,
      sent.map(({ held }) => [held.own.userId, held.other.userId]),
    );
  }
  // Told in the order in which each conversation has them.
  for (const { held, row } of sent) work.emit('message:created', membersOfHeld(held), { message: presentMessage(row) });
  const others = [...new Set(sent.map(({ held }) => held.other.userId))];
  const areConnected = await Promise.all(others.map((userId) => work.ports.presence.isConnected(userId)));
  const isAway = new Set(others.filter((_, index) => areConnected[index] === false));
  for (const { held, row } of sent) {
    // Whoever is connected hears of it at once. What else there is to know of the others is looked at when they are told.
    if (!isAway.has(held.other.userId)) continue;
    const data = { conversationId: row.conversationId };
    await notify(work, { userId: held.other.userId, kind: 'message_received', data, actorId: row.senderId });
  }
}

/** The messages that were sent by these calls before. */
async function sentBefore(db: Db, calls: readonly Sending[]): Promise<MessageRow[]> {
  if (calls.length === 0) return [];
  const keys = sql.join(
    calls.map(({ caller, input }) => sql`(${input.conversationId}::uuid, ${caller.userId}::uuid, ${input.clientId}::uuid)`),
    sql`, `,
  );
  return db.select().from(messages).where(sql`(${messages.conversationId}, ${messages.senderId}, ${messages.clientId}) in (${keys})`);
}
