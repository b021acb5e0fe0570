import type { EvidenceCall, EvidenceMessage, EvidenceProfile, FileKey, Media, ReportCategory, ReportOutcome } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, moment } from '../db/columns';
import type { Version } from '../messages/versions';
import type { ShownPhoto } from '../photos/present';
import { users } from '../users/table';

/** What one person reports another for. Of two people there is one that is open, in each direction. */
export const reports = pgTable(
  'reports',
  {
    id: id().primaryKey(),
    /** Null once their account is gone. */
    reporterId: id('reporter_id').references(() => users.id, { onDelete: 'set null' }),
    reportedId: id('reported_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** How the one it is about was called when they were reported. */
    reportedName: text('reported_name').notNull(),
    /** The most pressing one of its entries. */
    category: text('category').$type<ReportCategory>().notNull(),
    /** What was said last. */
    text: text('text').notNull(),
    /** The place of its priority among `reportPriorities`: 0 is the most pressing, so that the queue is an index read forwards. */
    urgency: smallint('urgency').notNull(),
    status: text('status').$type<'open' | 'resolved'>().notNull(),
    /** Who looks into it. */
    assigneeId: id('assignee_id').references(() => users.id, { onDelete: 'set null' }),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    resolvedAt: moment('resolved_at'),
    resolvedBy: id('resolved_by').references(() => users.id, { onDelete: 'set null' }),
    outcome: text('outcome').$type<ReportOutcome>(),
    note: text('note'),
  },
  (t) => [
    uniqueIndex('reports_one_open').on(t.reporterId, t.reportedId).where(sql`${t.status} = 'open'`),
    index('reports_queue').on(t.urgency, t.createdAt, t.id).where(sql`${t.status} = 'open'`),
    index('reports_of_assignee').on(t.assigneeId, t.urgency, t.createdAt, t.id).where(sql`${t.status} = 'open'`),
    index('reports_of_category').on(t.category, t.urgency, t.createdAt, t.id).where(sql`${t.status} = 'open'`),
    index('reports_resolved').on(t.resolvedAt, t.id).where(sql`${t.status} = 'resolved'`),
    index('reports_by_reporter').on(t.reporterId, t.createdAt, t.id),
    index('reports_by_reported').on(t.reportedId, t.createdAt, t.id),
  ],
);

/** What was said each time the same person was reported by the same one while the report was open. */
export const reportEntries = pgTable(
  'report_entries',
  {
    id: id().primaryKey(),
    reportId: id('report_id')
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    category: text('category').$type<ReportCategory>().notNull(),
    text: text('text').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('report_entries_in_order').on(t.reportId, t.createdAt, t.id)],
);

export type Evidence =
  | { readonly kind: 'message'; readonly data: KeptMessage }
  | { readonly kind: 'call'; readonly data: EvidenceCall }
  | { readonly kind: 'profile'; readonly data: EvidenceProfile }
  | { readonly kind: 'photo'; readonly data: KeptPhoto }
  | { readonly kind: 'file'; readonly data: KeptFile };

/** A message as it was. Its files are pieces of their own, by their ids: one that was sent twice is there once. */
export type KeptMessage = Omit<EvidenceMessage, 'chosen' | 'media' | 'earlier'> & {
  readonly mediaId: string | null;
  readonly earlier: readonly Version[];
};

/** A photo as it was, with the name that its copy stands under: one that nobody knows but those who may look at it. */
export type KeptPhoto = Pick<ShownPhoto, 'id' | 'width' | 'height' | 'color' | 'format'> & {
  readonly fileId: string;
  readonly takenAt: string;
};

/** A file that was sent, with the names that the copies of it and of the picture before it stand under. */
export interface KeptFile {
  /** Who sent it. */
  readonly userId: string;
  readonly media: Media;
  readonly format: string;
  readonly fileId: string;
  /** Of a video; null where there is none before it. */
  readonly poster: { readonly id: string; readonly format: string; readonly fileId: string } | null;
  /** What opens it, where it is encrypted and not opened yet. */
  readonly key?: FileKey;
  /** Whether that has opened nothing that could be seen or heard. */
  readonly unreadable?: true;
}

/** Things as they were when they were reported. Nothing that happens to the things themselves changes them. */
export const reportEvidence = pgTable(
  'report_evidence',
  {
    reportId: id('report_id')
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<Evidence['kind']>().notNull(),
    /** The message, the call, the photo, the file or the person. */
    refId: id('ref_id').notNull(),
    /** Tells states of the same thing apart: a message that was edited between two reports is kept as it read each time. */
    version: text('version').notNull(),
    data: jsonb('data').$type<Evidence['data']>().notNull(),
    /** Whether the reporter pointed at it, or it is context. */
    chosen: boolean('chosen').notNull(),
    /** Of a photo or a file that is not copied yet: the name of its own files, which stay until it is. */
    awaits: id('awaits'),
    takenAt: moment('taken_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.reportId, t.kind, t.refId, t.version] }),
    index('report_evidence_awaits').on(t.awaits).where(sql`${t.awaits} is not null`),
  ],
);
