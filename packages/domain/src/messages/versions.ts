import { messageVersionDays } from '@app/contracts';
import { asc, inArray, lt } from 'drizzle-orm';
import type { Db } from '../db/database';
import type { Work } from '../pipeline/context';
import type { MessageRow } from './present';
import { messageVersions } from './table';

const dayMs = 24 * 60 * 60 * 1000;

/** What a message said or showed until then. */
export interface Version {
  readonly text: string | null;
  readonly mediaId: string | null;
  readonly replacedAt: string;
}

/** Keeps what a message says before other words take the place of it. Nobody but a moderator to whom it is reported ever sees it. */
export async function keepVersion({ db, now }: Work, { id, revision, senderId, text }: MessageRow): Promise<void> {
  if (text === null) return;
  await db.insert(messageVersions).values({ messageId: id, revision, senderId, text, replacedAt: now });
}

/** Keeps all that a message is before it is deleted, its file as well. What is encrypted nobody could look at: it is not kept. */
export async function keepDeleted({ db, now }: Work, row: MessageRow): Promise<void> {
  const { id, revision, senderId, text, envelope } = row;
  const mediaId = envelope === null ? row.mediaId : null;
  if (text === null && mediaId === null) return;
  await db.insert(messageVersions).values({ messageId: id, revision, senderId, text, mediaId, replacedAt: now });
}

/** What messages were before, by their ids, the oldest first. */
export async function versionsOf(db: Db, messageIds: readonly string[]): Promise<Map<string, Version[]>> {
  const versions = new Map<string, Version[]>();
  if (messageIds.length === 0) return versions;
  const found = await db
    .select()
    .from(messageVersions)
    .where(inArray(messageVersions.messageId, [...messageIds]))
    .orderBy(asc(messageVersions.messageId), asc(messageVersions.revision));
  for (const { messageId, text, mediaId, replacedAt } of found) {
    const version = { text, mediaId, replacedAt: replacedAt.toISOString() };
    const ofThis = versions.get(messageId);
    if (ofThis === undefined) versions.set(messageId, [version]);
    else ofThis.push(version);
  }
  return versions;
}

/** Drops what was replaced too long ago, and the files with it. What stands in a report stays there. */
export async function expireVersions({ db, now, enqueue }: Work): Promise<void> {
  const past = lt(messageVersions.replacedAt, new Date(now.getTime() - messageVersionDays * dayMs));
  const gone = await db.delete(messageVersions).where(past).returning({ mediaId: messageVersions.mediaId });
  for (const id of new Set(gone.flatMap(({ mediaId }) => mediaId ?? []))) enqueue('media.sweep', { id, keys: [] });
}
