import type { api, Message } from '@app/contracts';
import { inArray, sql } from 'drizzle-orm';
import { type Held, holdAll, membersOfHeld, requireOpen } from '../conversations/hold';
import { type Db, rows } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
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

/** How a conversation stands once messages are stored in it. */
interface Count {
  readonly lastSeq: number;
  /** By member: how many of the new messages are theirs. */
  readonly own: Map<string, number>;
  readonly all: number;
}

const given = sql.placeholder;

/**
 * Stores messages at their places and counts them as unread for the others, all in one statement: those that were not sent before,
 * by their `clientId`. Where some were, nothing is counted, since the places of the others are not theirs. Answers what was stored.
 */
const stored = writtenOnce<object, Record<string, string | number>>(
  () => sql`
    with stored as (
      insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
      select id, conversation_id, seq, sender_id, client_id, text, ${given('now')}::timestamptz
      from unnest(${given('ids')}::uuid[], ${given('conversationIds')}::uuid[], ${given('seqs')}::int[], ${given('senderIds')}::uuid[],
        ${given('clientIds')}::uuid[], ${given('texts')}::text[]) given (id, conversation_id, seq, sender_id, client_id, text)
      on conflict (conversation_id, sender_id, client_id) do nothing
      returning id
    ),
    complete as (select 1 from stored having count(*) = ${given('many')}::int),
    moved as (
      update conversations set last_seq = given.seq
      from unnest(${given('changedIds')}::uuid[], ${given('lastSeqs')}::int[]) given (id, seq), complete
      where conversations.id = given.id
    ),
    counted as (
      update conversation_members member set
        last_activity_at = ${given('now')}::timestamptz,
        unread_count = unread_count + given.of_others,
        sent_count = sent_count + given.own
      from unnest(${given('memberOf')}::uuid[], ${given('memberIds')}::uuid[], ${given('ofOthers')}::int[], ${given('own')}::int[])
        given (conversation_id, user_id, of_others, own), complete
      where member.conversation_id = given.conversation_id and member.user_id = given.user_id
    )
    select id from stored`,
)({});

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

/** Stores what was not sent before, each conversation's in their order. The caller holds the conversations. */
async function store(work: Work, sendable: readonly Sendable[]): Promise<Sent[]> {
  if (sendable.length === 0) return [];
  const counts = new Map<string, Count>();
  const sent = sendable.map((one) => ({ ...one, row: nextRow(work, one, counts) }));
  const found = await rows<{ id: string }>(work.db, stored(asGiven(work.now, sent, counts)));
  if (found.length === sent.length) return sent;
  // Some were sent before. What has taken a place behind them goes back, and takes the one that is its own.
  const isStored = new Set(found.map(({ id }) => id));
  await work.db.delete(messages).where(inArray(messages.id, [...isStored]));
  return store(
    work,
    sendable.filter(({ id }) => isStored.has(id)),
  );
}

function nextRow(work: Work, { call, held, id, text }: Sendable, counts: Map<string, Count>): MessageRow {
  const { conversationId, clientId } = call.input;
  const senderId = call.caller.userId;
  const before = counts.get(conversationId) ?? {
    lastSeq: held.lastSeq,
    own: new Map(membersOfHeld(held).map((member) => [member, 0])),
    all: 0,
  };
  const own = new Map(before.own).set(senderId, (before.own.get(senderId) ?? 0) + 1);
  const seq = before.lastSeq + 1;
  counts.set(conversationId, { lastSeq: seq, own, all: before.all + 1 });
  return { id, conversationId, seq, senderId, clientId, text, createdAt: work.now, editedAt: null, deletedAt: null };
}

function asGiven(now: Date, sent: readonly Sent[], counts: ReadonlyMap<string, Count>) {
  const each = sent.map(({ row }) => row);
  const members = [...counts].flatMap(([conversationId, { own, all }]) =>
    [...own].map(([userId, many]) => ({ conversationId, userId, many, all })),
  );
  return {
    now: now.toISOString(),
    many: each.length,
    ids: arrayOf(each.map(({ id }) => id)),
    conversationIds: arrayOf(each.map(({ conversationId }) => conversationId)),
    seqs: arrayOf(each.map(({ seq }) => seq)),
    senderIds: arrayOf(each.map(({ senderId }) => senderId)),
    clientIds: arrayOf(each.map(({ clientId }) => clientId)),
    texts: arrayOf(sent.map(({ text }) => text)),
    changedIds: arrayOf([...counts.keys()]),
    lastSeqs: arrayOf([...counts.values()].map(({ lastSeq }) => lastSeq)),
    memberOf: arrayOf(members.map(({ conversationId }) => conversationId)),
    memberIds: arrayOf(members.map(({ userId }) => userId)),
    ofOthers: arrayOf(members.map(({ many, all }) => all - many)),
    own: arrayOf(members.map(({ many }) => many)),
  };
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
