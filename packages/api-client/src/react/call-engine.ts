import { isApiError } from '../errors';
import type { ApiClient } from '../types';
import { type Call, type CallType, callGraceSeconds, isLiveCall, ringSeconds } from '../wire';
import type { Peer, PeerSignal } from './call-media';
import { type CallActions, type CallEndReason, type CallError, type CallFacts, idle } from './call-store';
import type { Store } from './store';
import type { WebRtc } from './web-rtc';

/** What this device holds of the call it takes part in. It is compared by identity after every wait: another one, or none, and the work is void. */
interface Part {
  stream?: MediaStream;
  peer?: Peer;
  /** Whether this device makes the first offer. */
  offers: boolean;
  /** Signals that came before there was a peer. */
  early: PeerSignal[];
}

const silence = { localStream: null, remoteStream: null, isMuted: false, isCameraOff: false } as const;

const events = ['call:incoming', 'call:answered', 'call:rejected', 'call:missed', 'call:busy', 'call:ended'] as const;
/** How far a call is. It only ever gets further: what tells of an earlier state is late. */
const progress = ({ state }: Call) => (state === 'ringing' ? 0 : isLiveCall(state) ? 1 : 2);
/** What cannot be told to the server is told again after this time. In milliseconds. */
const tellAgainAfter = 5_000;

function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

const faultOf = (cause: unknown): CallFacts['error'] => {
  if (isApiError(cause)) return cause;
  const { code, message } = cause as Partial<CallError>;
  // A browser's own errors bear numbers for codes.
  if (typeof code === 'string' && typeof message === 'string') return cause as CallError;
  return { code: 'CONNECTION_FAILED', message: message ?? 'The call could not be connected.', cause };
};

/** Starts to listen for calls, and answers what can be done with them. Every change of the store is made here. */
export function startCalls(client: ApiClient, store: Store<CallFacts>, webrtc: () => WebRtc | undefined): CallActions {
  const { realtime, session, calls: api } = client;
  let part: Part | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The newest that is known of each call, in the order they were heard of. */
  const known = new Map<string, Call>();
  let hasLooked = false;
  const { get, set } = store;

  /** A call goes on while the app is in the background. */
  let letSleep: (() => void) | undefined;
  store.subscribe(() => {
    const { state } = get();
    if (state !== 'idle' && state !== 'ended') letSleep ??= realtime.stayInBackground();
    else {
      letSleep?.();
      letSleep = undefined;
    }
  });

  const isMine = (call: Call) => call.caller.id === session.userId;

  /** Takes note of a call, and answers the newest that is known of it. */
  function note(call: Call): Call {
    const before = known.get(call.id);
    const newest = before && progress(before) > progress(call) ? before : call;
    known.delete(call.id);
    known.set(call.id, newest);
    for (const id of known.keys()) if (known.size > 20) known.delete(id);
    return newest;
  }

  /** Everything that is heard of calls, from events, answers and look-ups alike, comes through here. */
  function learn(heard: Call): void {
    const call = note(heard);
    const { state, call: current, ongoing } = get();
    const isLive = isLiveCall(call.state);
    if (current?.id === call.id && state !== 'idle') {
      if (isLive && state === 'ended') {
        set({ ongoing: call });
        return;
      }
      set({ call, ...(ongoing?.id === call.id && { ongoing: null }) });
      if (!isLive && state !== 'ended') leave(call.state as CallEndReason);
      else if (call.state === 'in_progress' && state === 'incoming') leave('answered_elsewhere');
      else if (call.state === 'in_progress' && state === 'outgoing' && part) void connect(part, call);
    } else if (!isLive) {
      if (ongoing?.id === call.id) set({ ongoing: null });
    } else if (call.state === 'ringing' && !isMine(call) && !part && state !== 'incoming') {
      set({ ...idle, state: 'incoming', call });
      within(ringSeconds + 5, lookUp);
    } else if (!part || current) {
      // While a call is being started its id is not known: this may be the very one.
      set({ ongoing: call });
    }
  }

  function within(seconds: number, then: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(then, seconds * 1000);
  }

  function begin(facts: Partial<CallFacts>, offers: boolean): Part {
    part = { offers, early: [] };
    set({ ...idle, ...facts });
    return part;
  }

  /** Lets go of everything this device holds. */
  function letGo(): void {
    const mine = part;
    part = undefined;
    clearTimeout(timer);
    mine?.peer?.close();
    stop(mine?.stream);
    set(silence);
  }

  /** The call is over for this device. */
  function leave(endReason: CallEndReason, error: CallFacts['error'] = null): void {
    letGo();
    set({ state: 'ended', endReason, error });
    // Somebody may have called meanwhile, or the call may go on without this device.
    lookAround();
  }

  /** The call is over by this device's own doing: whatever is heard of it later, it does not ring again. */
  function finish(endReason: Exclude<CallEndReason, 'answered_elsewhere'>, error?: CallFacts['error']): void {
    const { call } = get();
    if (call) note({ ...call, state: endReason });
    leave(endReason, error);
  }

  /** Tells the server until it knows, because until then both are held to be in a call. */
  async function tell(send: () => Promise<Call>): Promise<void> {
    try {
      learn(await send());
    } catch (cause) {
      // A refusal means that the call was over already.
      if (isApiError(cause) && cause.isRetryable && session.state === 'signedIn') setTimeout(() => void tell(send), tellAgainAfter);
    }
  }

  const tellEnd = (callId: string, reason: 'hang_up' | 'failed') => tell(() => api.end({ callId, reason }));

  function fail(mine: Part, cause: unknown): void {
    if (part !== mine) return;
    const { call } = get();
    finish('failed', faultOf(cause));
    if (call) void tellEnd(call.id, 'failed');
  }

  /** Opens microphone and camera for a part. They are closed again if it was given up meanwhile. */
  async function openMedia(mine: Part, type: CallType): Promise<void> {
    const media = await import('./call-media');
    const stream = await media.openMedia(webrtc(), type);
    if (part !== mine) return stop(stream);
    mine.stream = stream;
    set({ localStream: stream, isCameraOff: type === 'video' && stream.getVideoTracks().length === 0 });
  }

  function lostConnection(mine: Part): void {
    within(callGraceSeconds, () =>
      fail(mine, { code: 'CONNECTION_FAILED', message: 'The connection could not be made.' } satisfies CallError),
    );
  }

  async function connect(mine: Part, call: Call): Promise<void> {
    const { stream } = mine;
    if (!stream || mine.peer || part !== mine) return;
    set({ state: 'connecting', call });
    lostConnection(mine);
    try {
      const { openPeer } = await import('./call-media');
      if (part !== mine || mine.peer) return;
      const live =
        <Args extends unknown[]>(then: (...args: Args) => void) =>
        (...args: Args) => {
          if (part === mine) then(...args);
        };
      const peer = openPeer({
        rtc: webrtc(),
        iceServers: async () => (await api.iceServers()).iceServers,
        stream,
        type: call.type,
        offers: mine.offers,
        polite: !isMine(call),
        send(signal) {
          const { id: callId } = call;
          const sent =
            signal.type === 'candidate'
              ? realtime.emit('call:ice_candidate', { callId, candidate: signal.candidate })
              : realtime.emit(`call:sdp_${signal.type}`, { callId, sdp: signal.sdp });
          // The peer sends again what was not heard.
          sent.catch(() => undefined);
        },
        onRemoteStream: live((remoteStream) => set({ remoteStream })),
        onConnected: live((connected) => {
          if (connected) {
            clearTimeout(timer);
            set({ state: 'connected' });
          } else if (get().state === 'connected') {
            set({ state: 'reconnecting' });
            lostConnection(mine);
          }
        }),
        onReplaced: live(() => leave('answered_elsewhere')),
        onFailed: (cause) => fail(mine, cause),
      });
      mine.peer = peer;
      for (const signal of mine.early.splice(0)) peer.hear(signal);
    } catch (cause) {
      fail(mine, cause);
    }
  }

  function hear(callId: string, signal: PeerSignal): void {
    if (!part || get().call?.id !== callId) return;
    if (part.peer) part.peer.hear(signal);
    else part.early.push(signal);
  }

  const knownLive = () => [...known.values()].filter(({ state }) => isLiveCall(state));

  /** Turns to a live call that is known and was not attended to. */
  function lookAround(): void {
    const live = knownLive().at(-1);
    if (live) learn(live);
  }

  /** Asks how calls stand: at the start, and whenever events may have been missed. */
  async function lookUp(): Promise<void> {
    try {
      const { items } = await api.history({ limit: 1 });
      items.forEach(learn);
      for (const { id } of knownLive()) if (id !== items[0]?.id) learn(await api.get({ callId: id }));
    } catch {
      // Events go on telling, and it is asked again after the next sign-in or reset.
    }
  }

  /** For as long as there is the client: a call goes on while no component shows it. */
  function watch(): void {
    for (const event of events) {
      realtime.on(event, ({ call }) => {
        // What is told of the past does not ring: the call may be over already.
        if (realtime.status.caughtUp || get().call?.id === call.id) learn(call);
        else note(call);
      });
    }
    realtime.on('call:sdp_offer', ({ callId, sdp }) => hear(callId, { type: 'offer', sdp }));
    realtime.on('call:sdp_answer', ({ callId, sdp }) => hear(callId, { type: 'answer', sdp }));
    realtime.on('call:ice_candidate', ({ callId, candidate }) => hear(callId, { type: 'candidate', candidate }));
    realtime.onReset(() => void lookUp());
    const onStatus = () => {
      if (!realtime.status.caughtUp) return;
      lookAround();
      if (!hasLooked) void lookUp();
      hasLooked = true;
    };
    realtime.onStatus(onStatus);
    onStatus();
    let user = session.userId;
    session.onChange(() => {
      const before = user;
      user = session.userId;
      if (session.state !== 'signedOut' && (!before || before === user)) return;
      hasLooked = false;
      known.clear();
      letGo();
      set(idle);
    });
  }

  const actions: CallActions = {
    async start(calleeId, type) {
      if (part || get().state === 'incoming') return;
      const mine = begin({ state: 'outgoing' }, true);
      try {
        await openMedia(mine, type);
        if (part !== mine) return;
        const call = await api.start({ calleeId, type });
        if (part !== mine) {
          if (isLiveCall(note(call).state)) await tellEnd(call.id, 'hang_up');
          return;
        }
        set({ call });
        within(ringSeconds + 5, lookUp);
        learn(call);
      } catch (cause) {
        if (part === mine) leave('failed', faultOf(cause));
        if (isApiError(cause, 'ALREADY_IN_CALL')) await lookUp();
      }
    },

    async accept() {
      const { state, call } = get();
      if (state !== 'incoming' || part || !call) return;
      const mine = begin({ state: 'connecting', call }, false);
      const media = openMedia(mine, call.type);
      // How it went is asked below, once the call is answered.
      media.catch(() => undefined);
      try {
        learn(await api.accept({ callId: call.id }));
      } catch (cause) {
        if (part !== mine) return;
        // Somebody was faster, or nobody knows: the server tells.
        letGo();
        set({ state: 'incoming', error: isApiError(cause, 'CALL_STATE_CONFLICT') ? null : faultOf(cause) });
        return lookUp();
      }
      try {
        await media;
        if (part !== mine) await tellEnd(call.id, 'hang_up');
        else await connect(mine, get().call ?? call);
      } catch (cause) {
        fail(mine, cause);
      }
    },

    async reject() {
      const { state, call } = get();
      if (state !== 'incoming' || !call) return;
      finish('rejected');
      await tell(() => api.reject({ callId: call.id }));
    },

    async hangUp() {
      const { state, call, ongoing } = get();
      if (state === 'incoming') return actions.reject();
      const ended = part ? call : ongoing;
      if (part) finish(call?.state === 'in_progress' ? 'completed' : 'cancelled');
      else if (ongoing) {
        note({ ...ongoing, state: 'completed' });
        set({ ongoing: null });
      }
      if (ended) await tellEnd(ended.id, 'hang_up');
    },

    async rejoin() {
      const { state, ongoing } = get();
      if (part || !ongoing || state === 'incoming') return;
      const mine = begin({ state: ongoing.state === 'ringing' ? 'outgoing' : 'connecting', call: ongoing }, true);
      try {
        await openMedia(mine, ongoing.type);
        const call = known.get(ongoing.id) ?? ongoing;
        if (call.state === 'in_progress') await connect(mine, call);
      } catch (cause) {
        if (part === mine) leave('failed', faultOf(cause));
      }
    },

    toggleMute() {
      const isMuted = !get().isMuted;
      for (const track of part?.stream?.getAudioTracks() ?? []) track.enabled = !isMuted;
      if (part?.stream) set({ isMuted });
    },

    toggleCamera() {
      const isCameraOff = !get().isCameraOff;
      const tracks = part?.stream?.getVideoTracks() ?? [];
      for (const track of tracks) track.enabled = !isCameraOff;
      if (tracks.length > 0) set({ isCameraOff });
    },

    dismiss() {
      if (get().state === 'ended') set({ ...idle, ongoing: get().ongoing });
    },
  };

  watch();
  return actions;
}
