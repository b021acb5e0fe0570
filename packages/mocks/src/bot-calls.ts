import type { Call, EventData, Events } from '@app/contracts';
import type { Log } from '@app/domain';
import type { Actor } from './actor';
import type { BotMedia, MediaSignal } from './bot-media';

export interface BotCallsParts {
  readonly log: Log;
  device(userId: string): Promise<Actor>;
  nameOf(userId: string): string;
}

type Heard = { readonly [Name in keyof Events]: { readonly event: Name; readonly data: EventData<Events[Name]> } }[keyof Events];

/** The calls of everyone whom the bot plays. Where there is WebRTC they have real media; elsewhere they are only answered. */
export interface BotCalls {
  /** Answers a call that rings. */
  pickUp(userId: string, call: Call): Promise<void>;
  hear(userId: string, heard: Heard): void;
  /** Whether they are in a call. */
  isIn(userId: string): boolean;
  close(): void;
}

function hasWebRtc(): boolean {
  return typeof RTCPeerConnection !== 'undefined' && typeof document !== 'undefined';
}

export function botCalls({ log, device, nameOf }: BotCallsParts): BotCalls {
  const media = new Map<string, Promise<BotMedia | undefined>>();
  /** Whom the bot plays in each call. */
  const inCall = new Map<string, string>();
  let isClosed = false;

  async function openMedia(userId: string, { id: callId, type }: Call, offers: boolean): Promise<BotMedia | undefined> {
    if (!hasWebRtc()) return undefined;
    const { call, emit } = await device(userId);
    const [{ openBotMedia }, { iceServers }] = await Promise.all([import('./bot-media'), call('calls.iceServers', {})]);
    // One after the other, as the other side relies on it.
    let sending: Promise<unknown> = Promise.resolve();
    const send = (signal: MediaSignal) => {
      sending = sending
        .then(() => {
          if (signal.type === 'candidate') return emit('call:ice_candidate', { callId, candidate: signal.candidate });
          return emit(signal.type === 'offer' ? 'call:sdp_offer' : 'call:sdp_answer', { callId, sdp: signal.sdp });
        })
        .catch((error: unknown) => log.debug({ err: error }, 'a signal of the bot was refused'));
    };
    const failed = (error: unknown) => log.error({ err: error }, 'the bot has no media');
    return openBotMedia({ type, offers, iceServers, name: nameOf(userId), send, failed });
  }

  function begin(userId: string, call: Call, offers: boolean): Promise<BotMedia | undefined> {
    // Without media the call is still a call.
    const opened = openMedia(userId, call, offers).catch((error: unknown) => {
      log.error({ err: error }, 'the bot has no media');
      return undefined;
    });
    media.set(call.id, opened);
    inCall.set(call.id, userId);
    return opened;
  }

  function end(callId: string): void {
    void media.get(callId)?.then((opened) => opened?.close());
    media.delete(callId);
    inCall.delete(callId);
  }

  async function tell(callId: string, signal: MediaSignal): Promise<void> {
    const opened = await media.get(callId);
    opened?.hear(signal);
  }

  return {
    async pickUp(userId, call) {
      // Before the answer: the other side offers as soon as it hears of it.
      await begin(userId, call, false);
      await (await device(userId)).call('calls.accept', { callId: call.id });
    },
    hear(userId, heard) {
      if (isClosed) return;
      switch (heard.event) {
        case 'call:answered':
          if (heard.data.call.caller.id === userId) void begin(userId, heard.data.call, true);
          return;
        case 'call:ended':
        case 'call:missed':
        case 'call:rejected':
          return end(heard.data.call.id);
        case 'call:sdp_offer':
          return void tell(heard.data.callId, { type: 'offer', sdp: heard.data.sdp });
        case 'call:sdp_answer':
          return void tell(heard.data.callId, { type: 'answer', sdp: heard.data.sdp });
        case 'call:ice_candidate':
          return void tell(heard.data.callId, { type: 'candidate', candidate: heard.data.candidate });
      }
    },
    isIn: (userId) => [...inCall.values()].includes(userId),
    close() {
      isClosed = true;
      for (const callId of [...media.keys()]) end(callId);
    },
  };
}
