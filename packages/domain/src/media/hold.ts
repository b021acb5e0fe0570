import { asc, inArray, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database';
import { arrayOf } from '../db/written';
import type { MediaRow } from './present';
import { findMedia } from './present';
import { media } from './table';

/** Whose file is wanted. */
interface Wanted {
  readonly userId: string;
  readonly id: string;
}

/**
 * Files that people want to send: each only its owner's, and there until the transaction ends. One whose last message was deleted is gone
 * for its owner too. Held in the order of ids.
 */
export async function holdMedia(db: Db, wanted: readonly Wanted[]): Promise<Map<string, MediaRow>> {
  if (wanted.length === 0) return new Map();
  const asked = sql`unnest(${arrayOf(wanted.map(({ id }) => id))}::uuid[], ${arrayOf(wanted.map(({ userId }) => userId))}::uuid[])`;
  const held = await rows<{ id: string }>(
    db,
    sql`select ${media.id} from ${media} where (${media.id}, ${media.userId}) in (select * from ${asked})
      and ${media.fileId} is null order by ${media.id} for share`,
  );
  return findMedia(
    db,
    held.map(({ id }) => id),
  );
}

/** Files that are to be copied: until the transaction ends, none of them is taken away. */
export async function holdFiles(db: Db, ids: readonly string[]): Promise<MediaRow[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(media)
    .where(inArray(media.id, [...new Set(ids)]))
    .orderBy(asc(media.id))
    .for('share');
}
