import { evidenceContext, type FileKey } from '@app/contracts';
import { and, between, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { calls } from '../calls/table';
import { directKey } from '../conversations/rules';
import { conversationMembers, conversations, type GroupPicture } from '../conversations/table';
import type { Db } from '../db/database';
import { wellFormed } from '../encoding';
import { showingPictures } from '../groups/picture';
import { holdFiles } from '../media/hold';
import { findMedia, type MediaRow, presentMedia } from '../media/present';
import type { MessageRow } from '../messages/present';
import { messages } from '../messages/table';
import { type Version, versionsOf } from '../messages/versions';
import { presentOwnPhoto, type ShownPhoto } from '../photos/present';
import { lockPhotos, type PhotoRow } from '../photos/rules';
import type { Work } from '../pipeline/context';
import type { profiles } from '../profiles/table';
import { type Evidence, reportEvidence } from './table';

/** A piece of evidence as it is kept, but for the report that it belongs to. */
export interface Kept {
  readonly kind: Evidence['kind'];
  readonly refId: string;
  readonly version: string;
  readonly data: Evidence['data'];
  readonly chosen: boolean;
  readonly awaits?: string;
}

export interface Pointed {
  readonly messageIds: readonly string[];
  /** What encrypted ones said, by the reporter's word, and what opens their files. */
  readonly opened: readonly { readonly messageId: string; readonly text?: string | undefined; readonly fileKey?: FileKey | undefined }[];
  readonly callId?: string | undefined;
  readonly photoIds: readonly string[];
}

/**
 * Takes down what the reporter points at, as it is now. Only what is between the two, and photos that the reported one shows: what
 * is not is answered in `missing`, and so is what was never there.
 */
export async function takeEvidence(
  work: Work,
  reporterId: string,
  reportedId: string,
  { messageIds, opened, callId, photoIds }: Pointed,
): Promise<{ kept: Kept[]; missing: string[] }> {
  const { db } = work;
  const chosen = await messagesBetween(db, reporterId, reportedId, messageIds);
  const rows = await withContext(db, reporterId, reportedId, chosen);
  const earlier = await versionsOf(
    db,
    rows.map(({ id }) => id),
  );
  const kept: Kept[] = rows.map((row) =>
    keptMessage(
      row,
      earlier.get(row.id) ?? [],
      chosen.some(({ id }) => id === row.id),
      opened.find(({ messageId }) => messageId === row.id)?.text,
    ),
  );
  kept.push(...(await filesOf(work, [...rows, ...[...earlier.values()].flat()], keysTo(chosen, opened))));
  const missing = messageIds.filter((id) => !chosen.some((row) => row.id === id));
  if (callId !== undefined) {
    const call = await callBetween(db, reporterId, reportedId, callId);
    if (call === undefined) missing.push(callId);
    else kept.push(call);
  }
  const shown = [...(await photosShownBy(work, reportedId, photoIds)), ...(await picturesSetBy(work, reporterId, reportedId, photoIds))];
  kept.push(...shown.map((photo) => keptPhoto(photo, work)));
  missing.push(...photoIds.filter((id) => !shown.some((photo) => photo.id === id)));
  return { kept, missing };
}

/** Those of the photos that others see of someone. Held, so that their files do not go before it is known that they are kept. */
async function photosShownBy(work: Work, userId: string, ids: readonly string[]): Promise<PhotoRow[]> {
  if (ids.length === 0) return [];
  return (await lockPhotos(work, userId)).filter((photo) => ids.includes(photo.id) && presentOwnPhoto(photo, work).visible);
}

/** Those of the pictures that the reported one has given to groups that the reporter is in. Held as photos are. */
async function picturesSetBy({ db }: Work, reporterId: string, reportedId: string, ids: readonly string[]): Promise<GroupPicture[]> {
  if (ids.length === 0) return [];
  const mine = db
    .select({ id: conversationMembers.conversationId })
    .from(conversationMembers)
    .where(and(eq(conversationMembers.userId, reporterId), isNull(conversationMembers.leftAt)));
  const found = await db
    .select({ picture: conversations.picture })
    .from(conversations)
    .where(and(showingPictures(reportedId, ids), inArray(conversations.id, mine)))
    .for('share');
  return found.flatMap(({ picture }) => picture ?? []);
}

/** The same photo reported again is the same piece: it has one copy. */
function keptPhoto({ id, fileId, width, height, color, format }: ShownPhoto, work: Work): Kept {
  const data = { id, width, height, color, format, fileId: work.newId(), takenAt: work.now.toISOString() };
  return { kind: 'photo', refId: id, version: '', data, chosen: true, awaits: fileId ?? id };
}

/** What opens the files of encrypted messages that were pointed at, by the ids of the files. */
function keysTo(chosen: readonly MessageRow[], opened: Pointed['opened']): Map<string, FileKey> {
  const keys = new Map<string, FileKey>();
  for (const { messageId, fileKey } of opened) {
    const mediaId = chosen.find(({ id, envelope }) => id === messageId && envelope !== null)?.mediaId;
    if (mediaId && fileKey !== undefined) keys.set(mediaId, fileKey);
  }
  return keys;
}

/** The files of messages that are kept, before they were deleted too. Held, so that none goes before it is known that it is to be copied. */
async function filesOf(work: Work, sentIn: readonly Pick<Version, 'mediaId'>[], keys: ReadonlyMap<string, FileKey>): Promise<Kept[]> {
  const files = await holdFiles(
    work.db,
    sentIn.flatMap(({ mediaId }) => mediaId ?? []),
  );
  const posters = await findMedia(
    work.db,
    files.flatMap(({ posterId }) => posterId ?? []),
  );
  // What is encrypted nobody could look at without its key. The small picture before it has another one.
  return files.flatMap((file) => {
    if (file.kind !== 'encrypted') return keptFile(file, posters.get(file.posterId ?? ''), work);
    const key = keys.get(file.id);
    return key === undefined ? [] : keptFile(file, undefined, work, key);
  });
}

function keptFile(file: MediaRow, poster: MediaRow | undefined, { newId }: Work, key?: FileKey): Kept {
  const { id, userId, format } = file;
  const before = poster === undefined ? null : { id: poster.id, format: poster.format, fileId: newId() };
  const data = { userId, media: presentMedia(file), format, fileId: newId(), poster: before, ...(key && { key }) };
  return { kind: 'file', refId: id, version: '', data, chosen: false, awaits: id };
}

/** Those of the messages that the two wrote to each other, or either of them in a group that the reporter is in, where they can read it. */
async function messagesBetween(db: Db, reporterId: string, reportedId: string, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  const inGroup = and(
    eq(conversations.kind, 'group'),
    isNull(conversationMembers.leftAt),
    gt(messages.seq, conversationMembers.joinedSeq),
    inArray(messages.senderId, [reporterId, reportedId]),
    isNull(messages.system),
  );
  const mine = and(eq(conversationMembers.conversationId, messages.conversationId), eq(conversationMembers.userId, reporterId));
  const found = await db
    .select({ message: messages })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .innerJoin(conversationMembers, mine)
    .where(and(inArray(messages.id, [...ids]), or(eq(conversations.directKey, directKey(reporterId, reportedId)), inGroup)));
  return found.map(({ message }) => message);
}

/** The messages and what the two said around each of them: of what others say in a group nobody is told for it. */
async function withContext(db: Db, reporterId: string, reportedId: string, chosen: readonly MessageRow[]): Promise<MessageRow[]> {
  if (chosen.length === 0) return [];
  const near = chosen.map(({ conversationId, seq }) =>
    and(eq(messages.conversationId, conversationId), between(messages.seq, seq - evidenceContext, seq + evidenceContext)),
  );
  return db
    .select()
    .from(messages)
    .where(and(or(...near), inArray(messages.senderId, [reporterId, reportedId]), isNull(messages.system)));
}

function keptMessage(row: MessageRow, earlier: readonly Version[], chosen: boolean, opened: string | undefined): Kept {
  const { id: messageId, conversationId, seq, senderId, text, mediaId, createdAt, editedAt, deletedAt } = row;
  const edited = editedAt?.toISOString() ?? null;
  const data = {
    messageId,
    conversationId,
    seq,
    senderId,
    text,
    mediaId,
    encrypted: row.envelope !== null,
    claimed: row.envelope === null || opened === undefined ? null : wellFormed(opened),
    createdAt: createdAt.toISOString(),
    editedAt: edited,
    earlier: [...earlier],
  };
  return { kind: 'message', refId: messageId, version: deletedAt?.toISOString() ?? edited ?? '', data, chosen };
}

async function callBetween(db: Db, one: string, other: string, callId: string): Promise<Kept | undefined> {
  const [call] = await db
    .select()
    .from(calls)
    .where(
      and(
        eq(calls.id, callId),
        or(and(eq(calls.callerId, one), eq(calls.calleeId, other)), and(eq(calls.callerId, other), eq(calls.calleeId, one))),
      ),
    );
  if (call === undefined) return undefined;
  const { type, state, callerId, createdAt, answeredAt, endedAt } = call;
  const data = {
    callId,
    type,
    state,
    callerId,
    createdAt: createdAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
  return { kind: 'call', refId: callId, version: state, data, chosen: true };
}

/** The profile of the one who is reported, as it reads now. `version` tells it from how it read at other times. */
export function keptProfile(profile: typeof profiles.$inferSelect, version: string, now: Date): Kept {
  const { userId, displayName, birthDate, gender, city, bio } = profile;
  return {
    kind: 'profile',
    refId: userId,
    version,
    data: { displayName, birthDate, gender, city, bio, takenAt: now.toISOString() },
    chosen: true,
  };
}

/** Puts pieces to a report. One that is there already in the same state is there once. Photos and files are copied after the commit. */
export async function keepEvidence({ db, now, enqueue }: Work, reportId: string, pieces: readonly Kept[]): Promise<void> {
  if (pieces.length === 0) return;
  for (const { kind, refId, data } of pieces) {
    if (kind === 'photo') enqueue('reports.copyPhoto', { reportId, photoId: refId });
    if (kind === 'file') enqueue('key' in data ? 'reports.openFile' : 'reports.copyFile', { reportId, mediaId: refId });
  }
  await db
    .insert(reportEvidence)
    .values(pieces.map((piece) => ({ ...piece, reportId, takenAt: now })))
    .onConflictDoUpdate({
      target: [reportEvidence.reportId, reportEvidence.kind, reportEvidence.refId, reportEvidence.version],
      set: { chosen: sql`${reportEvidence.chosen} or excluded.chosen` },
    });
}
