import type { api, Message } from '@app/contracts';
import { inArray, sql } from 'drizzle-orm';
import { type Held, hearersOf, holdAll, otherOfHeld, requireForm, requireOpen, tellOfMessage } from '../conversations/hold';
import { type Db, rows } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
import { keepMatches } from '../matches/rules';
import { holdMedia } from '../media/hold';
import type { MediaRow } from '../media/present';
import { findMedia } from '../media/present';
import { notify } from '../notifications/notify';
import type { Work } from '../pipeline/context';
import { Failure } from '../pipeline/failure';
import type { TogetherCall, Transacts } from '../pipeline/implement';
import { type About, findQuoted, type MessageRow, presentMessage, type Quoted } from './present';
import { reactedTo } from './reacted';
import { noteSent, sendStraight, whoGoesStraight } from './send-straight';
import { messages } from './table';
import { type Written, writtenOf } from './written';

type Sending = TogetherCall<typeof api.messages.send>;

/** A message that is sent, and where. */
interface Sent {
  readonly held: Held;
  readonly row: MessageRow;
}

/** How a conversation stands once messages are stored in it. */
interface Count {
  readonly lastSeq: number;
  /** By sender: how many of the new messages are theirs. */
  readonly own: Map<string, number>;
  readonly all: number;
}

const given = sql.placeholder;

/**
 * Stores messages at their places and counts them as unread for the others, all in one statement. What is changed is found by lists of
 * ids, never by a join: for that the server might read a whole table.
 */
const stored = writtenOnce<object, Record<string, string>>(() => {
  const changed = sql`${given('changedIds')}::uuid[]`;
  const inConversation = (counts: string) => sql`(${given(counts)}::int[])[array_position(${changed}, conversation_id)]`;
  const own = sql`coalesce((${given('own')}::int[])[array_position(${given('ownKeys')}::text[], conversation_id || ' ' || user_id)], 0)`;
  return sql`
    with stored as (
      insert into messages (id, conversation_id, seq, sender_id, client_id, text, envelope, reply_to_id, media_id, media_kind, created_at)
      select id, conversation_id, seq, sender_id, client_id, text, envelope::jsonb, reply_to_id, media_id, media_kind, ${given('now')}::timestamptz
      from unnest(${given('ids')}::uuid[], ${given('conversationIds')}::uuid[], ${given('seqs')}::int[], ${given('senderIds')}::uuid[],
        ${given('clientIds')}::uuid[], ${given('texts')}::text[], ${given('envelopes')}::text[], ${given('replyToIds')}::uuid[],
        ${given('mediaIds')}::uuid[], ${given('mediaKinds')}::text[])
        given (id, conversation_id, seq, sender_id, client_id, text, envelope, reply_to_id, media_id, media_kind)
    ),
    moved as (
      update conversations set last_seq = (${given('lastSeqs')}::int[])[array_position(${changed}, id)] where id = any(${changed})
    )
    update conversation_members set
      last_activity_at = ${given('now')}::timestamptz,
      unread_count = unread_count + ${inConversation('all')} - ${own},
      sent_count = sent_count + ${own},
      received_count = received_count + ${inConversation('all')} - ${own}
    where conversation_id = any(${changed}) and left_at is null`;
})({});

/**
 * One look for each in the index that has them by `client_id`, however many messages the server believes there are: the limit keeps it
 * from reading them all at once, and the way in which conversations are compared from reading all of one.
 */
const sentBefore = writtenOnce<object, Record<string, string>>(
  () => sql`
    select before.id
    from unnest(${given('conversationIds')}::uuid[], ${given('senderIds')}::uuid[], ${given('clientIds')}::uuid[])
      sent (conversation_id, sender_id, client_id)
    cross join lateral (
      select id from messages
      where messages.client_id = sent.client_id and messages.sender_id = sent.sender_id
        and messages.conversation_id is not distinct from sent.conversation_id
      limit 1
    ) before`,
)({});

/** What makes a message the same one, however often it is sent. */
function keyOf({ conversationId, senderId, clientId }: Pick<MessageRow, 'conversationId' | 'senderId' | 'clientId'>): string {
  return `${conversationId} ${senderId} ${clientId}`;
}

function keyOfCall({ caller, input }: Sending): string {
  return keyOf({ conversationId: input.conversationId, senderId: caller.userId, clientId: input.clientId });
}

/**
 * Sends messages: each answered as if it came alone, the work done for all of them at once. By one statement where it is known beforehand
 * that nothing stands in the way; where something does, and all others, in a transaction that takes hold of their conversations first.
 */
export async function sendAll(work: Work & Transacts<Work>, calls: readonly Sending[]): Promise<readonly (Message | Failure)[]> {
  const going = await whoGoesStraight(work, calls);
  const rest = calls.filter((call) => !going.has(call));
  const sendRest = async (some: readonly Sending[]) => (some.length === 0 ? [] : work.transact((inner) => sendHeld(inner, some)));
  const [straight, held] = await Promise.all([sendStraight(work, going), sendRest(rest)]);
  const answers = new Map<Sending, Message | Failure>(straight ?? zip([...going.keys()], await sendRest([...going.keys()])));
  for (const [call, answer] of zip(rest, held)) answers.set(call, answer);
  return calls.map((call) => answers.get(call) as Message | Failure);
}

function zip<A, B>(some: readonly A[], others: readonly B[]): [A, B][] {
  return some.map((one, index) => [one, others[index] as B]);
}

async function sendHeld(work: Work, calls: readonly Sending[]): Promise<readonly (Message | Failure)[]> {
  const [look, before] = await Promise.all([
    holdAll(
      work,
      calls.map(({ caller, input }) => ({ userId: caller.userId, conversationId: input.conversationId })),
    ),
    // Sent behind what takes hold of the conversations: nobody else can send one of these from then on.
    findSentBefore(work.db, calls),
  ]);
  const asked = calls.map((call) => ({
    call,
    key: keyOfCall(call),
    held: orFailure(
      () => look({ userId: call.caller.userId, conversationId: call.input.conversationId }) ?? call.fail('CONVERSATION_NOT_FOUND'),
    ),
  }));
  const about = await findAboutCalls(work.db, calls, before);
  const known = new Map(before.map((row) => [keyOf(row), row]));
  const counts = new Map<string, Count>();
  const sent: Sent[] = [];
  const answers = asked.map(({ call, key, held }) => {
    if (held instanceof Failure) return held;
    const written = writtenOf(call.input);
    if (written instanceof Failure) return written;
    const mediaId = call.input.mediaId ?? null;
    const first = known.get(key);
    if (first !== undefined) {
      // Once it was edited or deleted its first text is not known any more, and a late repeat is only a repeat.
      const isOther =
        first.replyToId !== (call.input.replyTo ?? null) ||
        (first.deletedAt === null && first.mediaId !== mediaId) ||
        (first.editedAt === null && first.deletedAt === null && !isSame(first, written));
      return isOther ? call.fail('CLIENT_ID_REUSED', { messageId: first.id }) : presentMessage(first, about, call.caller.userId);
    }
    const refusal = orFailure(() => {
      requireOpen(call, held);
      requireForm(call, held, written.envelope);
      requireQuoted(call, held, about.quoted);
      requireOwnFile(call, held, about.media);
    });
    if (refusal instanceof Failure) return refusal;
    const row = nextRow(work, call, held, written, counts, mediaId === null ? undefined : about.media.get(mediaId));
    sent.push({ held, row });
    known.set(key, row);
    return presentMessage(row, about, row.senderId);
  });
  if (sent.length > 0) {
    work.alongside(stored(asGiven(work.now, sent, counts)));
    await tell(work, sent, about);
    work.afterCommit(() => {
      for (const { held } of sent) noteSent(work, held);
    });
  }
  return answers;
}

/** What is encrypted anew for a second try looks different and says the same: the service cannot tell, and takes it for a repeat. */
function isSame(first: MessageRow, { text, envelope }: Written): boolean {
  return envelope === null ? first.text === text : first.envelope !== null;
}

/** What is answered by these calls, and what those of them bear that were sent before. Nothing is asked where there is none of it. */
async function findAboutCalls(db: Db, calls: readonly Sending[], before: readonly MessageRow[]): Promise<About> {
  const answered = [...calls.map(({ input }) => input.replyTo), ...before.map(({ replyToId }) => replyToId)];
  const changed = before.filter(({ revision }) => revision > 0);
  const sentBefore = before.flatMap(({ mediaId }) => mediaId ?? []);
  const asked = calls.flatMap(({ caller, input }) => (input.mediaId === undefined ? [] : [{ userId: caller.userId, id: input.mediaId }]));
  const [quoted, reacted, own, others] = await Promise.all([
    findQuoted(
      db,
      answered.filter((id) => typeof id === 'string'),
    ),
    reactedTo(
      db,
      changed.map(({ id }) => id),
    ),
    holdMedia(db, asked),
    findMedia(db, sentBefore),
  ]);
  return { quoted, reacted, media: new Map([...others, ...own]) };
}

/** Only what stands in the same conversation, and is theirs to read, can be answered. What was deleted meanwhile can: its place is still there. */
function requireQuoted({ input, fail }: Sending, { own }: Held, quoted: Quoted): void {
  if (input.replyTo === undefined) return;
  const answered = quoted.get(input.replyTo);
  if (answered?.conversationId !== input.conversationId || answered.seq <= own.joinedSeq) throw fail('MESSAGE_NOT_FOUND');
}

/** A file is the sender's own, and encrypted where the conversation is. */
function requireOwnFile({ input, caller, fail }: Sending, { encrypted }: Held, files: About['media']): void {
  if (input.mediaId === undefined) return;
  const file = files.get(input.mediaId);
  if (file?.userId !== caller.userId) throw fail('MEDIA_NOT_FOUND');
  if (encrypted !== (file.kind === 'encrypted')) throw fail(encrypted ? 'CONVERSATION_ENCRYPTED' : 'CONVERSATION_NOT_ENCRYPTED');
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

function nextRow(
  work: Work,
  { caller, input }: Sending,
  held: Held,
  given: Written,
  counts: Map<string, Count>,
  file: MediaRow | undefined,
): MessageRow {
  const { conversationId, clientId } = input;
  const senderId = caller.userId;
  const before = counts.get(conversationId);
  const own = before?.own ?? new Map<string, number>();
  own.set(senderId, (own.get(senderId) ?? 0) + 1);
  const seq = (before?.lastSeq ?? held.lastSeq) + 1;
  counts.set(conversationId, { lastSeq: seq, own, all: (before?.all ?? 0) + 1 });
  const replyToId = input.replyTo ?? null;
  const sentFile = { mediaId: file?.id ?? null, mediaKind: file === undefined || file.kind === 'encrypted' ? null : file.kind };
  const written = { id: work.newId(), conversationId, seq, senderId, clientId, ...given, replyToId, ...sentFile };
  return { ...written, system: null, createdAt: work.now, editedAt: null, deletedAt: null, pinnedAt: null, revision: 0 };
}

function asGiven(now: Date, sent: readonly Sent[], counts: ReadonlyMap<string, Count>) {
  const each = sent.map(({ row }) => row);
  const changed = [...counts.values()];
  const own = [...counts].flatMap(([conversationId, count]) =>
    [...count.own].map(([userId, many]) => ({ key: `${conversationId} ${userId}`, many })),
  );
  return {
    now: now.toISOString(),
    ids: arrayOf(each.map(({ id }) => id)),
    conversationIds: arrayOf(each.map(({ conversationId }) => conversationId)),
    seqs: arrayOf(each.map(({ seq }) => seq)),
    senderIds: arrayOf(each.map(({ senderId }) => senderId)),
    clientIds: arrayOf(each.map(({ clientId }) => clientId)),
    texts: arrayOf(each.map(({ text }) => text)),
    envelopes: arrayOf(each.map(({ envelope }) => (envelope === null ? null : JSON.stringify(envelope)))),
    replyToIds: arrayOf(each.map(({ replyToId }) => replyToId)),
    mediaIds: arrayOf(each.map(({ mediaId }) => mediaId)),
    mediaKinds: arrayOf(each.map(({ mediaKind }) => mediaKind)),
    changedIds: arrayOf([...counts.keys()]),
    lastSeqs: arrayOf(changed.map(({ lastSeq }) => lastSeq)),
    all: arrayOf(changed.map(({ all }) => all)),
    ownKeys: arrayOf(own.map(({ key }) => key)),
    own: arrayOf(own.map(({ many }) => many)),
  };
}

async function tell(work: Work, sent: readonly Sent[], about: About): Promise<void> {
  if (work.settings.matchExpiryHours !== null) {
    const pairs = sent.flatMap(({ held }) => {
      const other = otherOfHeld(held);
      return other === undefined ? [] : [[held.own.userId, other.userId] as const];
    });
    if (pairs.length > 0) keepMatches(work, pairs);
  }
  // Told in the order in which each conversation has them.
  for (const { held, row } of sent) {
    tellOfMessage(work, hearersOf(held), 'message:created', { message: presentMessage(row, about, row.senderId) });
  }
  await notifyOfAll(work, sent);
}

/** Whoever is connected hears of it at once. What else there is to know of the others is looked at when they are told. */
async function notifyOfAll(work: Work, sent: readonly Sent[]): Promise<void> {
  const told = sent.flatMap(({ held, row: { conversationId, senderId } }) =>
    held.others.filter(({ isQuiet }) => !isQuiet).map(({ userId }) => ({ userId, conversationId, senderId })),
  );
  // Of several messages that somebody wrote there just now one is told once.
  const once = [...new Map(told.map((one) => [`${one.userId} ${one.conversationId} ${one.senderId}`, one])).values()];
  const hearers = [...new Set(once.map(({ userId }) => userId))];
  const areConnected = await Promise.all(hearers.map((userId) => work.ports.presence.isConnected(userId)));
  const isAway = new Set(hearers.filter((_, index) => areConnected[index] === false));
  for (const { userId, conversationId, senderId } of once) {
    if (isAway.has(userId)) await notify(work, { userId, kind: 'message_received', data: { conversationId }, actorId: senderId });
  }
}

/** The messages that were sent by these calls before. */
async function findSentBefore(db: Db, calls: readonly Sending[]): Promise<MessageRow[]> {
  const found = await rows<{ id: string }>(
    db,
    sentBefore({
      conversationIds: arrayOf(calls.map(({ input }) => input.conversationId)),
      senderIds: arrayOf(calls.map(({ caller }) => caller.userId)),
      clientIds: arrayOf(calls.map(({ input }) => input.clientId)),
    }),
  );
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  return db.select().from(messages).where(inArray(messages.id, ids));
}
