import { type EarlierText, messageVersionDays } from '@app/contracts';
import { asc, inArray, lt } from 'drizzle-orm';
import type { Db } from '../db/database';
import type { Work } from '../pipeline/context';
import type { MessageRow } from './present';
import { messageVersions } from './table';

const dayMs = 24 * 60 * 60 * 1000;

/** Keeps what a message says before that is replaced. Nobody but a moderator to whom it is reported ever sees it. */
export async function keepVersion({ db, now }: Work, { id, revision, senderId, text }: MessageRow): Promise<void> {
  if (text === null) return;
  await db.insert(messageVersions).values({ messageId: id, revision, senderId, text, replacedAt: now });
}

/** What messages said before, by their ids, the oldest first. */
export async function versionsOf(db: Db, messageIds: readonly string[]): Promise<Map<string, EarlierText[]>> {
  const versions = new Map<string, EarlierText[]>();
  if (messageIds.length === 0) return versions;
  const found = await db
    .select()
    .from(messageVersions)
    .where(inArray(messageVersions.messageId, [...messageIds]))
    .orderBy(asc(messageVersions.messageId), asc(messageVersions.revision));
  for (const { messageId, text, replacedAt } of found) {
    const version = { text, replacedAt: replacedAt.toISOString() };
    const ofThis = versions.get(messageId);
    if (ofThis === undefined) versions.set(messageId, [version]);
    else ofThis.push(version);
  }
  return versions;
}

/** Drops what was replaced too long ago. What stands in a report stays there. */
export async function expireVersions(db: Db, now: Date): Promise<void> {
  await db.delete(messageVersions).where(lt(messageVersions.replacedAt, new Date(now.getTime() - messageVersionDays * dayMs)));
}
