import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { maxPeopleWatched, PresenceStates, presenceIsShownTo } from './presence';
import { Id } from './primitives';
import { sampleIds, sampleMessages } from './samples';

/** A device that was away for longer has to reload; the log keeps no more. In days. */
export const syncRetentionDays = 30;
/** How often the server asks a silent socket whether it is still there, in seconds. */
export const heartbeatSeconds = 25;
/** Largest frame a device may send, in bytes. */
export const maxFrameBytes = 64 * 1024;

/** Why the server closed a socket. Codes above 4000 are the platform's own. */
export const closeCodes = {
  /** The server is going away; connect again. */
  restarting: 1012,
  /** A frame was larger than `maxFrameBytes`. */
  frameTooLarge: 1009,
  /** The first frame did not open the connection in time, or its token was refused. */
  unauthenticated: 4001,
  /** The session was signed out, or the account may not be used any more. */
  revoked: 4003,
  /** The device reads too slowly; connect again and resume. */
  slowReader: 4008,
  /** No sign of life for two heartbeats. */
  silent: 4010,
} as const;

const Seq = z
  .int()
  .min(0)
  .meta({ description: "A place in the user's log: 1, 2, 3, … without gaps.", examples: [42] });

const Reset = z.boolean().meta({
  description: '`since` is too old, or what was missed is not to be seen any more: load everything anew and go on from `head`.',
  examples: [false],
});

/** A durable event as it stands in the log. */
export const LoggedEvent = z
  .object({
    seq: Seq,
    event: z.string().meta({ description: 'Name of a durable event.', examples: ['message:created'] }),
    data: z.unknown().meta({ description: "The event's data.", examples: [{ message: sampleMessages.sent }] }),
  })
  .meta({ id: 'LoggedEvent', description: 'A durable event as it stands in the log.' });
export interface LoggedEvent extends z.infer<typeof LoggedEvent> {}

export const realtime = {
  open: endpoint({
    method: 'GET',
    path: '/realtime',
    summary: 'Open the socket: the first frame of every connection. Its token stands in the input.',
    description:
      'With `since`, everything after it follows in order, then what happens live. Without it the connection starts at `head`. `reset` tells that `since` is not in the log any more, or that what came after it shows people who are hidden by now: load everything anew and go on from `head`.',
    access: 'user',
    query: {
      token: z
        .string()
        .max(4096)
        .meta({ description: 'The access token.', examples: ['eyJhbGciOiJIUzI1NiJ9.e30.signature'] }),
      since: Seq.optional().meta({ description: 'The newest place in the log that this device has heard.', examples: [40] }),
    },
    output: z
      .object({
        userId: Id.meta({ description: 'Whose token it was.', examples: [sampleIds.ada] }),
        head: Seq.meta({ description: 'The newest place in the log; once it is heard, nothing is missing.' }),
        reset: Reset,
        heartbeatSeconds: z.int().meta({ description: 'Send a ping when nothing came for this long.', examples: [25] }),
      })
      .meta({ id: 'RealtimeOpened', description: 'Where the connection stands.' }),
    transport: 'socket',
  }),
  resume: endpoint({
    method: 'GET',
    path: '/realtime/events',
    summary: 'Durable events after a place in the log, for a device without a socket or with a gap.',
    access: 'user',
    query: {
      since: Seq.meta({ description: 'The newest place in the log that this device has heard.', examples: [41] }),
      limit: z
        .int()
        .min(1)
        .max(500)
        .default(200)
        .meta({ description: 'Events a page.', examples: [200] }),
    },
    output: z
      .object({
        items: z.array(LoggedEvent).meta({ description: 'In order, without gaps.' }),
        head: Seq.meta({ description: 'The newest place in the log.' }),
        reset: Reset,
      })
      .meta({ id: 'ResumePage', description: 'Events after a place in the log.' }),
    transport: 'both',
  }),
  watchPresence: endpoint({
    method: 'GET',
    path: '/realtime/presence',
    summary: 'Be told on this connection when these people come and go, and nobody else. Answers how it stands with them.',
    description:
      'Takes the place of whom it was told about before: a device sends everybody whom it shows, and again after each connect. From then ' +
      `on \`presence:changed\` tells what changes. ${presenceIsShownTo}`,
    access: 'user',
    query: {
      userIds: z
        .array(Id)
        .max(maxPeopleWatched)
        .meta({ description: 'Whom the device shows; empty: nobody any more.', examples: [[sampleIds.ben]] }),
    },
    output: PresenceStates,
    limit: { max: 240, windowSeconds: 60, by: ['user'] },
    transport: 'socket',
  }),
};
