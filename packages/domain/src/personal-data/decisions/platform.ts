import type * as tables from '../../db/schema';
import { jobs, jobTurns } from '../../jobs/table';
import { limitCounts } from '../../limits/table';
import { idempotencyKeys } from '../../pipeline/table';
import { syncHeads, syncLog } from '../../sync/table';
import { webhookEvents } from '../../webhooks/table';
import type { TableDecision } from '../decision';
import { dataExportParts, dataExports } from '../table';

/** What the platform needs to do its work. */
export const platformDecisions = {
  limitCounts: {
    table: limitCounts,
    people: [],
    erasure: { keep: 'Counts under keyed hashes, dropped when their window is over.' },
    copy: { leftOut: 'Counts under keyed hashes.' },
  },
  webhookEvents: {
    table: webhookEvents,
    people: [],
    erasure: { keep: 'Names nobody: a provider’s id of a message and what became of it, dropped after 30 days.' },
    copy: { leftOut: 'Names nobody.' },
  },
  syncHeads: {
    table: syncHeads,
    people: [syncHeads.userId],
    erasure: { deleteBy: [syncHeads.userId] },
    copy: { leftOut: 'A number of the platform’s own.' },
  },
  syncLog: {
    table: syncLog,
    people: [syncLog.userId],
    erasure: { deleteBy: [syncLog.userId] },
    copy: { leftOut: 'What devices are still to be told of what stands elsewhere, for thirty days.' },
  },
  idempotencyKeys: {
    table: idempotencyKeys,
    people: [idempotencyKeys.userId],
    erasure: { deleteBy: [idempotencyKeys.userId] },
    copy: { leftOut: 'Answers that are kept for a day, in case they were lost.' },
  },
  jobs: {
    table: jobs,
    people: [],
    erasure: { keep: 'Work to be done names accounts and nothing else of them; for one that is gone it does nothing.' },
    copy: { leftOut: 'Work to be done.' },
  },
  jobTurns: {
    table: jobTurns,
    people: [],
    erasure: { keep: 'When the platform was tidied last. It names nobody.' },
    copy: { leftOut: 'When the platform was tidied last.' },
  },
  dataExports: {
    table: dataExports,
    people: [dataExports.userId],
    erasure: { deleteBy: [dataExports.userId] },
    copy: { leftOut: 'The copy itself.' },
  },
  dataExportParts: {
    table: dataExportParts,
    people: [],
    erasure: { keep: 'It goes with its row of `data_exports`.' },
    copy: { leftOut: 'The copy itself.' },
  },
} satisfies Partial<Record<keyof typeof tables, TableDecision>>;
