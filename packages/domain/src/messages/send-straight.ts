import type { api, Message } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { type Held, otherOfHeld } from '../conversations/hold';
import { brokenConstraint, isTransactionConflict, rows } from '../db/database';
import { arrayOf, writtenOnce } from '../db/written';
import type { Work } from '../pipeline/context';
import { Failure } from '../pipeline/failure';
import type { TogetherCall } from '../pipeline/implement';
import { userTopic } from '../pipeline/unit-of-work';
import type { Ports } from '../ports';
import { durableFrame, type Hearing } from '../sync/log';
import { type MessageRow, nothingElse, presentMessage } from './present';
import { writtenOf } from './written';

/*
 * The way of most messages: one statement, which is a transaction of its own. It makes sure of everything that the long way of `send.ts`
 * does, and where anything is not so, it writes nothing: then they all go the long way, which finds out what to answer. What it cannot look up
 * is who they are that write to each other, because it has to be known beforehand whether the other one is connected; that the process
 * keeps from the messages that went the long way before.
 */

type Sending = TogetherCall<typeof api.messages.send>;

/** Those whose calls can go straight, and whom they write to. */
export type Going = ReadonlyMap<Sending, string>;

/** The two of a conversation, which never change. */
type Pair = readonly [one: string, other: string];

const mostKnown = 10_000;
/** By what is shared by all work of a process: the conversations that were last written in. */
const known = new WeakMap<Ports, Map<string, Pair>>();

function pairsOf({ ports }: Pick<Work, 'ports'>): Map<string, Pair> {
  const pairs = known.get(ports) ?? new Map<string, Pair>();
  known.set(ports, pairs);
  return pairs;
}

/** Something was sent here the long way. */
export function noteSent(work: Work, held: Held): void {
  const other = otherOfHeld(held);
  if (other === undefined) return;
  const pairs = pairsOf(work);
  pairs.delete(held.id);
  pairs.set(held.id, [held.own.userId, other.userId]);
  if (pairs.size > mostKnown) for (const oldest of pairs.keys()) return void pairs.delete(oldest);
}

/**
 * Which of some calls can go straight: those in conversations of two who are known, to someone who is connected and so need not be notified,
 * who answer nothing and send no file. All calls in a conversation go the same way, so that they keep their order.
 */
export async function whoGoesStraight(work: Work, calls: readonly Sending[]): Promise<Going> {
  const going = new Map<Sending, string>();
  // A match that is kept by a message is kept by the long way.
  if (work.settings.matchExpiryHours !== null) return going;
  const pairs = pairsOf(work);
  const others = calls.map(({ caller: { userId }, input }) => {
    const pair = isPlain(input) ? pairs.get(input.conversationId) : undefined;
    return pair?.includes(userId) ? pair.find((id) => id !== userId) : undefined;
  });
  const areConnected = await Promise.all(others.map((id) => id !== undefined && work.ports.presence.isConnected(id)));
  const long = new Set(calls.filter((_, index) => areConnected[index] !== true).map(({ input }) => input.conversationId));
  for (const [index, call] of calls.entries()) {
    const other = others[index];
    if (other !== undefined && !long.has(call.input.conversationId)) going.set(call, other);
  }
  return going;
}

function isPlain(input: Sending['input']): boolean {
  return input.replyTo === undefined && input.mediaId === undefined && !(writtenOf(input) instanceof Failure);
}

const given = sql.placeholder;
const ids = (name: string) => sql`${given(name)}::uuid[]`;
const numbers = (name: string) => sql`${given(name)}::int[]`;

/**
 * `sent` are the messages, `held` the conversations that they may be written in, `go` is one row where they all may and none
 * otherwise: everything that writes asks for it. `place` is a message's place among those of its conversation, `own_place` and
 * `other_place` those among what is told to the one and to the other. Rows are taken in the order of their ids, as by the long way.
 */
const sentStraight = writtenOnce<object, Record<string, string>>(() => {
  const conversations = ids('conversationIds');
  const people = ids('people');
  const ofConversation = (name: string) => sql`(${numbers(name)})[array_position(${conversations}, conversation_id)]`;
  const own = sql`coalesce((${numbers('own')})[array_position(${given('ownKeys')}::text[], conversation_id || ' ' || user_id)], 0)`;
  return sql`
    with sent as materialized (
      select * from unnest(${ids('ids')}, ${ids('inConversations')}, ${ids('senders')}, ${ids('others')}, ${ids('clientIds')},
        ${given('texts')}::text[], ${given('envelopes')}::text[], ${given('before')}::text[], ${given('behind')}::text[],
        ${numbers('places')}, ${numbers('ownPlaces')}, ${numbers('otherPlaces')})
        with ordinality sent (id, conversation_id, sender_id, other_id, client_id, text, envelope, before, behind, place, own_place, other_place, n)
    ),
    held as materialized (
      select id, last_seq from conversations
      where id = any(${conversations}) and open and kind = 'direct'
        and (encrypted_at is not null) = (${given('encrypted')}::boolean[])[array_position(${conversations}, id)]
      order by id for update
    ),
    usable as materialized (
      select id from users where id = any(${people}) and status = 'active' order by id for share
    ),
    go as materialized (
      select from (select) once
      where (select count(*) from held) = cardinality(${conversations})
        and (select count(*) from usable) = cardinality(${people})
        and not exists (
          select from sent cross join lateral (
            select from blocks where blocker_id = sender_id and blocked_id = other_id
            union all
            select from blocks where blocker_id = other_id and blocked_id = sender_id
            union all
            select from messages where messages.client_id = sent.client_id and messages.sender_id = sent.sender_id
              and messages.conversation_id = sent.conversation_id
          ) hindered
        )
    ),
    heads as materialized (
      select user_id, seq from sync_heads where user_id = any(${people}) and not closed and exists (select from go) order by user_id for update
    ),
    placed as materialized (
      select sent.*, held.last_seq + place as seq, one.seq + own_place as own_seq, two.seq + other_place as other_seq
      from sent join held on held.id = conversation_id join heads one on one.user_id = sender_id join heads two on two.user_id = other_id
    ),
    stored as (
      insert into messages (id, conversation_id, seq, sender_id, client_id, text, envelope, created_at)
      select id, conversation_id, seq, sender_id, client_id, text, envelope::jsonb, ${given('now')}::timestamptz from placed
    ),
    moved as (
      update conversations set last_seq = last_seq + (${numbers('all')})[array_position(${conversations}, id)]
      where id = any(${conversations}) and exists (select from go)
    ),
    counted as (
      update conversation_members set
        last_activity_at = ${given('now')}::timestamptz,
        unread_count = unread_count + ${ofConversation('all')} - ${own},
        sent_count = sent_count + ${own},
        received_count = received_count + ${ofConversation('all')} - ${own}
      where conversation_id = any(${conversations}) and exists (select from go)
    ),
    risen as (
      update sync_heads set seq = seq + (${numbers('heard')})[array_position(${people}, user_id)]
      where user_id = any(${people}) and exists (select from go)
    ),
    logged as (
      insert into sync_log (user_id, seq, event, data, shows, created_at)
      select hearer, log_seq, 'message:created', before || seq || behind, shows, ${given('now')}::timestamptz
      from placed cross join lateral (
        values (sender_id, own_seq, '{}'::uuid[]), (other_id, other_seq, array[sender_id])
      ) heard (hearer, log_seq, shows)
    )
    select seq, own_seq::float8 as "ownSeq", other_seq::float8 as "otherSeq" from placed order by n`;
})({});

interface Placed {
  readonly seq: number;
  readonly ownSeq: number;
  readonly otherSeq: number;
}

/** Stands in what is told of a message until the server knows its place. In a text it cannot stand like this: quotes are escaped there. */
const unplaced = 2_147_483_647;
const unplacedJson = `"seq":${unplaced}`;

interface Draft {
  readonly call: Sending;
  readonly row: MessageRow;
  readonly otherId: string;
  /** As the other one and the sender hear of it, cut in two where its place goes. */
  readonly told: readonly [before: string, behind: string];
}

function draftOf(work: Work, call: Sending, otherId: string): Draft {
  const { caller, input } = call;
  const written = writtenOf(input);
  if (written instanceof Failure) throw written;
  const { conversationId, clientId } = input;
  const none = { replyToId: null, mediaId: null, mediaKind: null, system: null, editedAt: null, deletedAt: null, pinnedAt: null };
  const row = {
    ...none,
    ...written,
    id: work.newId(),
    conversationId,
    clientId,
    seq: unplaced,
    senderId: caller.userId,
    createdAt: work.now,
    revision: 0,
  };
  const [hearing] = work.hearings('message:created', otherId, { message: presentMessage(row, nothingElse, row.senderId) });
  return { call, row, otherId, told: aroundPlace(hearing) };
}

function aroundPlace(hearing: Hearing | undefined): [before: string, behind: string] {
  const [before, behind, more] = hearing?.data.split(unplacedJson) ?? [];
  if (before === undefined || behind === undefined || more !== undefined)
    throw new Error('What is told of a message names its place once.');
  return [`${before}"seq":`, behind];
}

/** Sends what can go straight. Where it could not, answers nothing, and has done nothing. */
export async function sendStraight(work: Work, going: Going): Promise<readonly (readonly [Sending, Message])[] | undefined> {
  if (going.size === 0) return [];
  const drafts = [...going].map(([call, otherId]) => draftOf(work, call, otherId));
  const placed = await place(work, drafts);
  if (placed.length < drafts.length) {
    // Whatever it was, it may stay so. The next one that the long way lets through opens this one again.
    for (const { row } of drafts) pairsOf(work).delete(row.conversationId);
    return undefined;
  }
  return drafts.map(({ call, row, otherId, told: [before, behind] }, index) => {
    const { seq, ownSeq, otherSeq } = placed[index] as Placed;
    const data = `${before}${seq}${behind}`;
    const { bus } = work.ports;
    for (const [userId, at] of [
      [row.senderId, ownSeq],
      [otherId, otherSeq],
    ] as const) {
      bus.publish(userTopic(userId), { kind: 'frame', seq: at, text: durableFrame(at, 'message:created', data) });
    }
    return [call, presentMessage({ ...row, seq }, nothingElse, row.senderId)];
  });
}

async function place(work: Work, drafts: readonly Draft[]): Promise<Placed[]> {
  if (areAtOdds(drafts)) return [];
  try {
    return await rows<Placed>(work.db, sentStraight(asGiven(work.now, drafts)));
  } catch (error) {
    // The same one came another way at the same time, and was waited for.
    if (isTransactionConflict(error) || brokenConstraint(error) === 'messages_sent_once') return [];
    throw error;
  }
}

/** Whether one was sent twice, or plain texts and envelopes in one conversation: which of them it takes the long way finds out. */
function areAtOdds(drafts: readonly Draft[]): boolean {
  const same = new Set(drafts.map(({ row }) => `${row.conversationId} ${row.senderId} ${row.clientId}`));
  const conversations = new Set(drafts.map(({ row }) => row.conversationId));
  const forms = new Set(drafts.map(({ row }) => `${row.conversationId} ${row.envelope === null}`));
  return same.size < drafts.length || forms.size > conversations.size;
}

/** Counts by keys: how many there are of each, and the place of what is counted among them. */
function counter() {
  const counts = new Map<string, number>();
  const next = (key: string): number => {
    const place = (counts.get(key) ?? 0) + 1;
    counts.set(key, place);
    return place;
  };
  return { counts, next };
}

function asGiven(now: Date, drafts: readonly Draft[]) {
  const inConversation = counter();
  const bySender = counter();
  const heard = counter();
  const each = drafts.map(({ row, otherId }) => {
    bySender.next(`${row.conversationId} ${row.senderId}`);
    return { place: inConversation.next(row.conversationId), ownPlace: heard.next(row.senderId), otherPlace: heard.next(otherId) };
  });
  const encrypted = new Map(drafts.map(({ row }) => [row.conversationId, row.envelope !== null]));
  const list = (of: (draft: Draft) => string | null) => arrayOf(drafts.map(of));
  return {
    now: now.toISOString(),
    ids: list(({ row }) => row.id),
    inConversations: list(({ row }) => row.conversationId),
    senders: list(({ row }) => row.senderId),
    others: list(({ otherId }) => otherId),
    clientIds: list(({ row }) => row.clientId),
    texts: list(({ row }) => row.text),
    envelopes: list(({ row: { envelope } }) => (envelope === null ? null : JSON.stringify(envelope))),
    before: list(({ told: [before] }) => before),
    behind: list(({ told: [, behind] }) => behind),
    places: arrayOf(each.map(({ place }) => place)),
    ownPlaces: arrayOf(each.map(({ ownPlace }) => ownPlace)),
    otherPlaces: arrayOf(each.map(({ otherPlace }) => otherPlace)),
    conversationIds: arrayOf([...inConversation.counts.keys()]),
    encrypted: arrayOf([...inConversation.counts.keys()].map((id) => String(encrypted.get(id)))),
    all: arrayOf([...inConversation.counts.values()]),
    ownKeys: arrayOf([...bySender.counts.keys()]),
    own: arrayOf([...bySender.counts.values()]),
    people: arrayOf([...heard.counts.keys()]),
    heard: arrayOf([...heard.counts.values()]),
  };
}
