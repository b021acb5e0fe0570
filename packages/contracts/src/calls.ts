import * as z from 'zod';
import { callActions, callStates } from './call-machine';
import { endpoint } from './core/endpoint';
import { event, signal } from './core/event';
import { Person } from './people';
import { Id, page, pageFields, Timestamp } from './primitives';
import { sampleCalls, sampleIds, samplePeople } from './samples';

export const CallType = z
  .enum(['audio', 'video'])
  .meta({ id: 'CallType', description: 'Whether there is a picture.', examples: ['video'] });
export type CallType = z.infer<typeof CallType>;

export const CallProvider = z
  .enum(['webrtc'])
  .meta({ id: 'CallProvider', description: '`webrtc`: from device to device.', examples: ['webrtc'] });
export type CallProvider = z.infer<typeof CallProvider>;

export const CallStateSchema = z.enum(callStates).meta({
  id: 'CallState',
  description: 'See the call machine: `ringing` and `in_progress` are live, all others final.',
  examples: ['ringing'],
});
export const CallActionSchema = z
  .enum(callActions)
  .meta({ id: 'CallAction', description: 'What can happen to a call.', examples: ['accept'] });

const CallId = Id.meta({ examples: [sampleIds.call] });

/** A call, as both people see it. */
export const Call = z
  .object({
    id: CallId,
    type: CallType,
    provider: CallProvider,
    state: CallStateSchema,
    caller: Person.meta({ description: 'Who calls.', examples: [samplePeople.ada] }),
    callee: Person.meta({ description: 'Who is called.' }),
    createdAt: Timestamp.meta({ examples: [sampleCalls.ringing.createdAt] }),
    ringsUntil: Timestamp.meta({ description: 'When it is missed if nobody answers.', examples: [sampleCalls.ringing.ringsUntil] }),
    answeredAt: Timestamp.nullable().meta({ description: 'Null while nobody has answered.', examples: [null] }),
    endedAt: Timestamp.nullable().meta({ description: 'Null while it is live.', examples: [null] }),
    endedBy: Id.nullable().meta({ description: 'Who ended it; null when a timer or a lost connection did.', examples: [null] }),
    durationSeconds: z
      .int()
      .nullable()
      .meta({ description: "By the server's clock; null while it lasts.", examples: [null] }),
  })
  .meta({ id: 'Call', description: 'A call, as both people see it.' });
export interface Call extends z.infer<typeof Call> {}

export const IceServer = z
  .object({
    urls: z.array(z.string()).meta({ examples: [['turn:turn.example.com:3478?transport=udp']] }),
    username: z
      .string()
      .optional()
      .meta({ description: 'TURN only: when it lapses, and for whom.', examples: [`1768510800:${sampleIds.ada}`] }),
    credential: z
      .string()
      .optional()
      .meta({ description: 'TURN only.', examples: ['c2hvcnQtbGl2ZWQ='] }),
  })
  .meta({ id: 'IceServer', description: 'As `RTCPeerConnection` takes it.' });
export interface IceServer extends z.infer<typeof IceServer> {}

const callParams = { callId: CallId };

export const calls = {
  start: endpoint({
    method: 'POST',
    path: '/calls',
    summary: 'Call someone you are matched with.',
    description: 'Rings on every device of the callee. Answers with state `busy` where the callee is in another call.',
    access: 'user',
    body: { calleeId: Id, type: CallType, provider: CallProvider.default('webrtc') },
    output: Call,
    errors: ['USER_NOT_FOUND', 'CANNOT_TARGET_SELF', 'NOT_MATCHED', 'ALREADY_IN_CALL'],
    limit: { max: 30, windowSeconds: 60, by: ['user'] },
    idempotency: 'key',
    transport: 'both',
  }),
  history: endpoint({
    method: 'GET',
    path: '/calls',
    summary: 'Your calls, the newest first.',
    access: 'user',
    query: { ...pageFields },
    output: page(Call.meta({ examples: [sampleCalls.completed] })).meta({ id: 'CallPage', description: 'A page of calls.' }),
    errors: ['INVALID_CURSOR'],
    transport: 'both',
  }),
  iceServers: endpoint({
    method: 'GET',
    path: '/calls/ice-servers',
    summary: 'STUN and TURN servers for this user, with credentials that soon expire.',
    access: 'user',
    output: z
      .object({
        iceServers: z.array(IceServer),
        expiresAt: Timestamp.nullable().meta({
          description: 'When the credentials lapse; null where there are none.',
          examples: ['2026-01-15T21:00:00.000Z'],
        }),
      })
      .meta({ id: 'IceServers', description: 'As `RTCPeerConnection` takes them.' }),
    transport: 'both',
  }),
  get: endpoint({
    method: 'GET',
    path: '/calls/:callId',
    summary: 'One of your calls.',
    access: 'user',
    params: callParams,
    output: Call,
    errors: ['CALL_NOT_FOUND'],
    transport: 'both',
  }),
  accept: endpoint({
    method: 'POST',
    path: '/calls/:callId/accept',
    summary: 'Answer a call that rings for you.',
    access: 'user',
    params: callParams,
    output: Call.meta({ examples: [sampleCalls.answered] }),
    errors: ['CALL_NOT_FOUND', 'CALL_STATE_CONFLICT', 'FORBIDDEN'],
    transport: 'both',
  }),
  reject: endpoint({
    method: 'POST',
    path: '/calls/:callId/reject',
    summary: 'Decline a call that rings for you.',
    access: 'user',
    params: callParams,
    output: Call.meta({ examples: [sampleCalls.rejected] }),
    errors: ['CALL_NOT_FOUND', 'CALL_STATE_CONFLICT', 'FORBIDDEN'],
    transport: 'both',
  }),
  end: endpoint({
    method: 'POST',
    path: '/calls/:callId/end',
    summary: 'Hang up: cancels a call of yours that still rings, completes one that runs.',
    access: 'user',
    params: callParams,
    body: {
      reason: z
        .enum(['hang_up', 'failed'])
        .default('hang_up')
        .meta({ description: '`failed`: the media never came or broke for good.', examples: ['hang_up'] }),
    },
    output: Call.meta({ examples: [sampleCalls.completed] }),
    errors: ['CALL_NOT_FOUND', 'CALL_STATE_CONFLICT'],
    transport: 'both',
  }),
};

const CallChanged = z.object({ call: Call }).meta({ id: 'CallChanged', description: 'The call as it stands now.' });
const callChanged = (call: Call) => CallChanged.meta({ examples: [{ call }] });
const Sdp = z
  .string()
  .min(1)
  .max(32_768)
  .meta({ description: 'A session description.', examples: ['v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n'] });
const descriptionData = (id: string, description: string, sender: string) =>
  z.object({ callId: CallId, userId: Id.meta({ description: 'Who sent it.', examples: [sender] }), sdp: Sdp }).meta({ id, description });
const signalErrors = ['CALL_NOT_FOUND', 'CALL_STATE_CONFLICT'] as const;
const signalLimit = { max: 600, windowSeconds: 60, by: ['user'] } as const;

const IceCandidate = z
  .strictObject({
    candidate: z
      .string()
      .max(2048)
      .meta({ examples: ['candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host'] }),
    sdpMid: z
      .string()
      .max(64)
      .nullable()
      .meta({ description: 'Which medium it is for.', examples: ['0'] }),
    sdpMLineIndex: z
      .int()
      .min(0)
      .max(64)
      .nullable()
      .meta({ examples: [0] }),
    usernameFragment: z
      .string()
      .max(256)
      .nullable()
      .optional()
      .meta({ examples: ['EsAw'] }),
  })
  .meta({ id: 'IceCandidate', description: 'As `RTCIceCandidate.toJSON()` gives it.' });

export const callEvents = {
  'call:incoming': event({
    summary: 'Someone calls.',
    audience: "Both people's devices: the callee's ring, the caller's other ones know.",
    delivery: 'durable',
    data: CallChanged,
  }),
  'call:answered': event({
    summary: 'The call was answered.',
    audience: "Both people's devices.",
    delivery: 'durable',
    data: callChanged(sampleCalls.answered),
  }),
  'call:rejected': event({
    summary: 'The call was declined.',
    audience: "Both people's devices.",
    delivery: 'durable',
    data: callChanged(sampleCalls.rejected),
  }),
  'call:missed': event({
    summary: 'Nobody answered in time, or the caller gave up.',
    audience: "Both people's devices.",
    delivery: 'durable',
    data: callChanged(sampleCalls.missed),
  }),
  'call:busy': event({
    summary: 'The callee is in another call.',
    audience: "Both people's devices.",
    delivery: 'durable',
    data: callChanged(sampleCalls.busy),
  }),
  'call:ended': event({
    summary: 'The call is over: completed or failed.',
    audience: "Both people's devices.",
    delivery: 'durable',
    data: callChanged(sampleCalls.completed),
  }),
  'call:sdp_offer': signal({
    summary: 'An offer of media.',
    audience: 'The other side of the call.',
    data: descriptionData('SdpOffer', 'What a side offers to send and to take.', sampleIds.ada),
    fields: { callId: CallId, sdp: Sdp },
    errors: signalErrors,
    limit: signalLimit,
  }),
  'call:sdp_answer': signal({
    summary: 'The answer to an offer.',
    audience: 'The other side of the call.',
    data: descriptionData('SdpAnswer', 'What the other side takes of an offer.', sampleIds.ben),
    fields: { callId: CallId, sdp: Sdp },
    errors: signalErrors,
    limit: signalLimit,
  }),
  'call:ice_candidate': signal({
    summary: 'One way to reach a side.',
    audience: 'The other side of the call.',
    data: z
      .object({ callId: CallId, userId: Id.meta({ description: 'Who sent it.' }), candidate: IceCandidate })
      .meta({ id: 'IceCandidateFound', description: 'One way to reach the sender.' }),
    fields: { callId: CallId, candidate: IceCandidate },
    errors: signalErrors,
    limit: signalLimit,
  }),
};
