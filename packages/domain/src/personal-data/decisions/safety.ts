import { and, eq } from 'drizzle-orm';
import { warnings } from '../../admin/table';
import { auditLog } from '../../audit/table';
import type * as tables from '../../db/schema';
import { reportEntries, reportEvidence, reports } from '../../reports/table';
import type { TableDecision } from '../decision';
import { reportsMade } from '../joined-sections';
import { blankReports, dropWarnings } from '../names';
import { ownRows, rowsOf } from '../sections';

/** What is known of those who harm others, and by whom. */
export const safetyDecisions = {
  reports: {
    table: reports,
    people: [reports.reporterId, reports.reportedId, reports.assigneeId, reports.resolvedBy],
    // What was done to others stays known, without the names.
    erasure: { takeAway: blankReports },
    copy: { leftOut: 'What someone reported stands in `reports`, entry by entry. What others reported is theirs.' },
  },
  reportEntries: { table: reportEntries, people: [], erasure: { keep: 'It is part of a report.' }, copy: reportsMade },
  reportEvidence: {
    table: reportEvidence,
    people: [],
    erasure: {
      keep: 'Profiles, photos and files go with the names of their report, see `blankReports`; what was written and called proves what was done.',
    },
    copy: { leftOut: 'Kept to prove what was done, of things that stand in the copy themselves.' },
  },
  warnings: {
    table: warnings,
    people: [warnings.userId, warnings.by],
    erasure: { takeAway: dropWarnings },
    copy: ownRows(
      'warnings',
      warnings,
      warnings.userId,
      warnings.id,
      (row) => row.id,
      ({ text, createdAt }) => ({ text, createdAt }),
    ),
  },
  auditLog: {
    table: auditLog,
    people: [],
    erasure: { keep: 'Who did what is kept for as long as the audit log is kept, to find and to prove misuse.' },
    copy: rowsOf('acts', {
      table: auditLog,
      of: (userId) => and(eq(auditLog.actorId, userId)),
      order: [auditLog.at, auditLog.id],
      keyOf: (row) => [row.at.toISOString(), row.id],
      show: ({ at, action, address }) => ({ at, action, address }),
    }),
  },
} satisfies Partial<Record<keyof typeof tables, TableDecision>>;
