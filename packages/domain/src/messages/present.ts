import { type Message, type MessageKind, type MessageQuote, maxQuoteLength, type Reaction } from '@app/contracts';
import { inArray } from 'drizzle-orm';
import type { Db } from '../db/database';
import { findMedia, type MediaRow, presentMedia } from '../media/present';
import { type Reacted, reactedTo } from './reacted';
import { messages } from './table';

export type MessageRow = typeof messages.$inferSelect;

/** A message that another one answers. */
export type QuotedRow = Pick<
  MessageRow,
  'id' | 'conversationId' | 'seq' | 'senderId' | 'text' | 'system' | 'envelope' | 'mediaId' | 'mediaKind'
>;

/** What each of some messages answers, by the id of what is answered. */
export type Quoted = ReadonlyMap<string, QuotedRow>;

/** What stands elsewhere of the messages that are shown. */
export interface About {
  readonly quoted: Quoted;
  readonly reacted: Reacted;
  /** The files that were sent, by their ids. */
  readonly media: ReadonlyMap<string, MediaRow>;
}

/** Of messages that answer none, that nobody has reacted to, and that came without files. */
export const nothingElse: About = { quoted: new Map(), reacted: new Map(), media: new Map() };

function kindOf({ system, envelope, mediaKind }: Pick<MessageRow, 'system' | 'envelope' | 'mediaKind'>): MessageKind {
  if (system !== null) return 'system';
  return envelope === null ? (mediaKind ?? 'text') : 'encrypted';
}

/** A message as `viewerId` sees it. */
export function presentMessage(row: MessageRow, { quoted, reacted, media }: About, viewerId: string): Message {
  const file = row.mediaId === null ? undefined : media.get(row.mediaId);
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    senderId: row.senderId,
    clientId: row.clientId,
    kind: kindOf(row),
    text: row.text,
    envelope: row.envelope,
    replyTo: presentQuote(row.replyToId === null ? undefined : quoted.get(row.replyToId)),
    system: row.system,
    media: file === undefined ? null : presentMedia(file),
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    pinnedAt: row.pinnedAt?.toISOString() ?? null,
    revision: row.revision,
    ...presentReactions(row.id, reacted, viewerId),
  };
}

export function presentReactions(
  messageId: string,
  reacted: Reacted,
  viewerId: string,
): { reactions: Reaction[]; ownReaction: string | null } {
  const all = reacted.get(messageId) ?? [];
  return {
    reactions: all.map(({ emoji, userIds }) => ({ emoji, count: userIds.length })),
    ownReaction: all.find(({ userIds }) => userIds.includes(viewerId))?.emoji ?? null,
  };
}

function presentQuote(row: QuotedRow | undefined): MessageQuote | null {
  if (row === undefined) return null;
  const { id, seq, senderId, text } = row;
  // Of a file that is gone nothing is told but that it is.
  const kind = row.mediaKind !== null && row.mediaId === null ? 'text' : kindOf(row);
  // Cut between characters, never through one.
  return { id, seq, senderId, kind, text: text === null ? null : [...text].slice(0, maxQuoteLength).join('') };
}

/** Messages as `viewerId` sees them, in their order. */
export async function presentMessages(db: Db, rows: readonly MessageRow[], viewerId: string): Promise<Message[]> {
  const about = await findAbout(db, rows);
  return rows.map((row) => presentMessage(row, about, viewerId));
}

export async function presentOneMessage(db: Db, row: MessageRow, viewerId: string): Promise<Message> {
  return presentMessage(row, await findAbout(db, [row]), viewerId);
}

/** Nothing is asked where no message answers another one, none has a file, and none was ever changed. */
export async function findAbout(db: Db, rows: readonly MessageRow[]): Promise<About> {
  const answered = rows.flatMap(({ replyToId }) => replyToId ?? []);
  const changed = rows.filter(({ revision, deletedAt }) => revision > 0 && deletedAt === null).map(({ id }) => id);
  const files = rows.flatMap(({ mediaId }) => mediaId ?? []);
  const [quoted, reacted, media] = await Promise.all([findQuoted(db, answered), reactedTo(db, changed), findMedia(db, files)]);
  return { quoted, reacted, media };
}

export async function findQuoted(db: Db, ids: readonly string[]): Promise<Quoted> {
  if (ids.length === 0) return new Map();
  const { id, conversationId, seq, senderId, text, system, envelope, mediaId, mediaKind } = messages;
  const found = await db
    .select({ id, conversationId, seq, senderId, text, system, envelope, mediaId, mediaKind })
    .from(messages)
    .where(inArray(id, [...new Set(ids)]));
  return new Map(found.map((row) => [row.id, row]));
}
