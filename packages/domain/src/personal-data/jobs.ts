import type { JobHandlers } from '../jobs/queue';
import { erase } from './erase';
import { goOnWithExport } from './export';
import { leave, tellWriters } from './leave';

export const personalDataJobs: Pick<JobHandlers, 'accounts.leave' | 'accounts.tellWriters' | 'accounts.erase' | 'accounts.export'> = {
  'accounts.leave': (work, { userId }) => leave(work, userId),
  'accounts.tellWriters': (work, { userId, after }) => tellWriters(work, userId, after),
  'accounts.erase': (work, { userId }) => erase(work, userId),
  'accounts.export': (work, { userId }) => goOnWithExport(work, userId),
};
