import { defaultRequest } from '../default-client';
import { bindGroup } from '../groups';
import { type Api, notifications } from '../wire';

/** What someone is told: list, count of unread, mark as read. */
export const notificationService: Api['notifications'] = /* @__PURE__ */ bindGroup(defaultRequest, 'notifications', notifications);
