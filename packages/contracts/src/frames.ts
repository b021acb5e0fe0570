import * as z from 'zod';
import { type ErrorCode, errors } from './errors';
import { sampleIds, sampleMessages } from './samples';

/** How a call failed: the HTTP envelope without `success`, and `error` of a socket answer. */
export const Failure = z
  .object({
    status: z.int().meta({ description: 'The HTTP status, over the socket too.', examples: [404] }),
    code: z
      .enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]])
      .meta({ description: 'One of a closed catalogue; tell errors apart by it.', examples: ['CONVERSATION_NOT_FOUND'] }),
    message: z.string().meta({ description: 'In English, for developers.', examples: ['There is no such conversation.'] }),
    details: z
      .unknown()
      .optional()
      .meta({ description: 'Shaped by the code.', examples: [undefined] }),
    requestId: z.string().meta({ description: 'Finds the call in the logs.', examples: [sampleIds.request] }),
  })
  .meta({ id: 'Failure', description: 'How a call failed.' });
export interface Failure extends z.infer<typeof Failure> {}

const FrameId = z
  .int()
  .min(0)
  .meta({ description: 'Chosen by the device; the answer bears it.', examples: [7] });

/**
 * What a device sends. The first frame of a connection is a `call` of `realtime.open`.
 * A call is answered with its `id`. A signal is answered only if it bears one, or with an error if it fails.
 */
export const ClientFrame = z.union([
  z
    .strictObject({
      id: FrameId,
      call: z
        .string()
        .max(64)
        .meta({ description: "An endpoint's id.", examples: ['messages.send'] }),
      input: z
        .unknown()
        .optional()
        .meta({
          description: "The endpoint's flat input.",
          examples: [{ conversationId: sampleIds.conversation, clientId: sampleIds.clientMessage, text: sampleMessages.sent.text }],
        }),
      key: z
        .string()
        .min(1)
        .max(128)
        .optional()
        .meta({ description: 'Idempotency key.', examples: [undefined] }),
    })
    .meta({ id: 'CallFrame', description: 'Calls an endpoint.' }),
  z
    .strictObject({
      id: FrameId.optional(),
      emit: z
        .string()
        .max(64)
        .meta({ description: 'Name of a signal.', examples: ['typing:started'] }),
      data: z
        .unknown()
        .optional()
        .meta({ description: "The signal's fields.", examples: [{ conversationId: sampleIds.conversation }] }),
    })
    .meta({ id: 'SignalFrame', description: 'Sends a signal to others.' }),
  z
    .strictObject({ ping: z.int().meta({ description: 'Any number; the pong bears it.', examples: [1] }) })
    .meta({ id: 'PingFrame', description: 'Asks whether the server is there.' }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

/** What the server sends: answers, events (durable ones with their `seq`), and pongs. */
export const ServerFrame = z.union([
  z
    .object({
      id: FrameId,
      ok: z.literal(true).meta({ examples: [true] }),
      data: z.unknown().meta({ description: 'What the endpoint answers.', examples: [sampleMessages.sent] }),
    })
    .meta({ id: 'AnswerFrame', description: 'Answers a call that went well.' }),
  z
    .object({
      id: FrameId.nullable().meta({ description: 'Null where the frame that failed bore none.', examples: [7] }),
      ok: z.literal(false).meta({ examples: [false] }),
      error: Failure,
    })
    .meta({ id: 'ErrorFrame', description: 'Answers a call or a signal that failed.' }),
  z
    .object({
      seq: z
        .int()
        .optional()
        .meta({ description: "The event's place in the user's log; a fleeting event has none.", examples: [42] }),
      event: z.string().meta({ description: 'Name of an event.', examples: ['message:created'] }),
      data: z.unknown().meta({ description: "The event's data.", examples: [{ message: sampleMessages.sent }] }),
    })
    .meta({ id: 'EventFrame', description: 'Tells what happened.' }),
  z
    .object({ pong: z.int().meta({ description: 'The number of the ping.', examples: [1] }) })
    .meta({ id: 'PongFrame', description: 'Answers a ping.' }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
