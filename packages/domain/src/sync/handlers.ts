import { api, heartbeatSeconds } from '@app/contracts';
import { implement } from '../pipeline/implement';
import { statesOf } from '../presence/rules';
import { headOf, readLog } from './log';

export const realtimeImplementation = implement(api.realtime, {
  /** The connection (`connection.ts`) calls this with its first frame and then streams what was missed. */
  async open(context, { since }) {
    const { db, caller } = context;
    const { userId } = caller;
    if (since === undefined) return { userId, head: await headOf(db, userId), reset: false, heartbeatSeconds };
    const { head, reset } = await readLog(context, userId, since, 1);
    return { userId, head, reset, heartbeatSeconds };
  },

  async resume(context, { since, limit }) {
    const { items, head, reset } = await readLog(context, context.caller.userId, since, limit);
    if (reset) return { items: [], head, reset };
    return { items: items.map(({ seq, event, data }) => ({ seq, event, data: JSON.parse(data) as unknown })), head, reset };
  },

  /** The connection is told of them from then on: see `presence/watching.ts`. */
  watchPresence: async (context, { userIds }) => ({ items: await statesOf(context, context.caller.userId, userIds) }),
});
