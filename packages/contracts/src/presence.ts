import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { Id, Timestamp } from './primitives';
import { sampleIds } from './samples';

/** Who loses their last connection still counts as here for this long, so that a device that connects again is not seen to go. In seconds. */
export const presenceGraceSeconds = 10;
/** How many people can be asked about at once. */
export const maxPresencesAsked = 100;
/** How many people one device can be told about. */
export const maxPeopleWatched = 200;

/** Whether someone is here, as one person may see it. */
export const PresenceState = z
  .object({
    userId: Id,
    online: z.boolean().meta({ description: 'Whether they are here now, on any of their devices.', examples: [true] }),
    lastSeenAt: Timestamp.nullable().meta({
      description: 'When they were last here. Null while they are here, where it is not to be seen, and where it is not known.',
      examples: [null],
    }),
  })
  .meta({ id: 'PresenceState', description: 'Whether someone is here, as you may see it.' });
export interface PresenceState extends z.infer<typeof PresenceState> {}

/** Who sees whom, in words. */
export const presenceIsShownTo =
  'Shown are people you are matched or friends with, while both of you show when you are here (`showOnlineStatus`). When they were last here ' +
  'is shown where both of you show that as well (`showLastSeen`). Anybody else is left out, whatever the reason.';

/** How it stands with several people. */
export const PresenceStates = z
  .object({ items: z.array(PresenceState).meta({ description: 'Of those you may see, in no order.' }) })
  .meta({ id: 'PresenceStates', description: 'Whether people are here.' });
export interface PresenceStates extends z.infer<typeof PresenceStates> {}

export const presence = {
  of: endpoint({
    method: 'GET',
    path: '/presence',
    summary: 'Whether people are here, and when they last were.',
    description: presenceIsShownTo,
    access: 'user',
    query: {
      userIds: z
        .array(Id)
        .min(1)
        .max(maxPresencesAsked)
        .meta({ description: 'Whom to ask about.', examples: [[sampleIds.ben]] }),
    },
    output: PresenceStates,
    transport: 'both',
  }),
};

export const presenceEvents = {
  'presence:changed': event({
    summary: 'Someone came, or was last here now, or is not to be seen any more: then neither is told.',
    audience: 'The connections that watch them (`realtime.watchPresence`), of those who may see it.',
    delivery: 'fleeting',
    data: PresenceState,
  }),
};
