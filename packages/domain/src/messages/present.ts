import { type Message, type MessageQuote, maxQuoteLength } from '@app/contracts';
import { inArray } from 'drizzle-orm';
import type { Db } from '../db/database';
import { messages } from './table';

export type MessageRow = typeof messages.$inferSelect;

/** A message that another one answers. */
export type QuotedRow = Pick<MessageRow, 'id' | 'conversationId' | 'seq' | 'senderId' | 'text'>;

/** What each of some messages answers, by the id of what is answered. */
export type Quoted = ReadonlyMap<string, QuotedRow>;

/** `quoted` has what the message answers, where it answers one. */
export function presentMessage(row: MessageRow, quoted: Quoted): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    senderId: row.senderId,
    clientId: row.clientId,
    kind: row.system === null ? 'text' : 'system',
    text: row.text,
    replyTo: presentQuote(row.replyToId === null ? undefined : quoted.get(row.replyToId)),
    system: row.system,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

function presentQuote(row: QuotedRow | undefined): MessageQuote | null {
  if (row === undefined) return null;
  const { id, seq, senderId, text } = row;
  // Cut between characters, never through one.
  return { id, seq, senderId, text: text === null ? null : [...text].slice(0, maxQuoteLength).join('') };
}

/** Messages as they are shown, in their order. */
export async function presentMessages(db: Db, rows: readonly MessageRow[]): Promise<Message[]> {
  const quoted = await quotedBy(db, rows);
  return rows.map((row) => presentMessage(row, quoted));
}

export async function presentOneMessage(db: Db, row: MessageRow): Promise<Message> {
  return presentMessage(row, await quotedBy(db, [row]));
}

/** What these messages answer. Nothing is asked where none of them answers any. */
export function quotedBy(db: Db, rows: readonly Pick<MessageRow, 'replyToId'>[]): Promise<Quoted> {
  return findQuoted(
    db,
    rows.flatMap(({ replyToId }) => replyToId ?? []),
  );
}

export async function findQuoted(db: Db, ids: readonly string[]): Promise<Quoted> {
  if (ids.length === 0) return new Map();
  const { id, conversationId, seq, senderId, text } = messages;
  const found = await db
    .select({ id, conversationId, seq, senderId, text })
    .from(messages)
    .where(inArray(id, [...new Set(ids)]));
  return new Map(found.map((row) => [row.id, row]));
}
