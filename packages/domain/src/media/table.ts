import type { MediaKind } from '@app/contracts';
import { type AnyPgColumn, index, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import { users } from '../users/table';

/** Files that people have uploaded to send them in messages: in none, in one, or in several. */
export const media = pgTable(
  'media',
  {
    id: id().primaryKey(),
    /** Whose messages they may be sent in. */
    userId: id('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<MediaKind>().notNull(),
    /** The ending of its files: `webp`, `mp4`. */
    format: text('format').notNull(),
    contentType: text('content_type').notNull(),
    /** Of the file that is shown or played, in bytes. Of an encrypted one nothing else is known. */
    size: integer('size').notNull(),
    width: integer('width'),
    height: integer('height'),
    durationMs: integer('duration_ms'),
    codecs: text('codecs').array().notNull(),
    color: text('color'),
    waveform: smallint('waveform').array(),
    /** The image that is shown until the video plays. It stays for as long as the video does. */
    posterId: id('poster_id').references((): AnyPgColumn => media.id, { onDelete: 'restrict' }),
    /** The name that its files stand under; null: its id. It gets another one once nobody sees it any more: whoever was led to it knows the old one. */
    fileId: id('file_id'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('media_by_user').on(t.userId, t.id), index('media_by_poster').on(t.posterId)],
);
