import type { OutsideJobHandlers } from '../jobs/queue';
import { deliver } from './deliver';
import { askReceipts } from './receipts';

export const notificationJobs: Pick<OutsideJobHandlers, 'notifications.deliver' | 'notifications.askReceipts'> = {
  'notifications.deliver': deliver,
  'notifications.askReceipts': askReceipts,
};
