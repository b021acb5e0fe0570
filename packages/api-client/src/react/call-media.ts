/** The heavy half of a call, loaded when the first one begins: microphone, camera, and the connection between two devices. */
import type { CallType, IceCandidate, IceServer } from '../wire';
import type { CallError, CallErrorCode } from './call-store';
import type { CandidateFound, PeerConnection, WebRtc } from './web-rtc';

/** What the two devices tell each other over the socket. */
export type PeerSignal = { type: 'offer' | 'answer'; sdp: string } | { type: 'candidate'; candidate: IceCandidate };

export interface PeerConfig {
  rtc: WebRtc | undefined;
  iceServers(): Promise<IceServer[]>;
  stream: MediaStream;
  type: CallType;
  /** Whether this side makes the first offer. */
  offers: boolean;
  /** Whether this side gives way when both offer at once. One side does, the other does not. */
  polite: boolean;
  /** At most once: a signal may be lost. */
  send(signal: PeerSignal): void;
  onRemoteStream(stream: MediaStream): void;
  /** Both can hear each other, or not any more. */
  onConnected(connected: boolean): void;
  /** Another device of the same user has taken this device's place. */
  onReplaced(): void;
  onFailed(cause: unknown): void;
}

/** The connection to the other side's device. It mends itself until it is closed. */
export interface Peer {
  hear(signal: PeerSignal): void;
  close(): void;
}

/** How often it is looked whether an offer is still unanswered, or the connection still broken. In milliseconds. */
const lookEvery = 4_000;

const codes: Readonly<Record<string, CallErrorCode>> = {
  NotAllowedError: 'MEDIA_PERMISSION_DENIED',
  PermissionDeniedError: 'MEDIA_PERMISSION_DENIED',
  SecurityError: 'MEDIA_PERMISSION_DENIED',
  NotFoundError: 'MEDIA_NOT_FOUND',
  OverconstrainedError: 'MEDIA_NOT_FOUND',
  NotReadableError: 'MEDIA_IN_USE',
  AbortError: 'MEDIA_IN_USE',
};

function webRtcOf(given: WebRtc | undefined): WebRtc | undefined {
  if (given) return given;
  const { RTCPeerConnection, navigator } = globalThis as Partial<typeof globalThis>;
  const mediaDevices = navigator?.mediaDevices as MediaDevices | undefined;
  return RTCPeerConnection && mediaDevices && { RTCPeerConnection, mediaDevices };
}

/** Opens microphone and camera. Where there is no camera, a video call goes on without. Rejects with a `CallError`. */
export async function openMedia(given: WebRtc | undefined, type: CallType): Promise<MediaStream> {
  const devices = webRtcOf(given)?.mediaDevices;
  if (!devices) throw { code: 'WEBRTC_UNSUPPORTED', message: 'This device cannot make calls.' } satisfies CallError;
  const open = async (video: boolean): Promise<MediaStream> => {
    try {
      // On phones it is `react-native-webrtc`'s stream; either way it is what the platform shows and sends.
      return (await devices.getUserMedia({ audio: true, video })) as MediaStream;
    } catch (cause) {
      const { name, message } = cause as Error;
      const code = codes[name] ?? 'MEDIA_FAILED';
      if (video && code === 'MEDIA_NOT_FOUND') return open(false);
      throw { code, message, cause } satisfies CallError;
    }
  };
  return open(type === 'video');
}

/** The number by which a description names the connection it comes from: another number, another connection. */
const originOf = (sdp: string) => /^o=\S+ (\S+)/m.exec(sdp)?.[1];

/**
 * Connects to the other side by the rules of perfect negotiation. On top of them: an offer that is not answered is sent again,
 * because signals may be lost; a connection that breaks is restarted with fresh servers; and when the other side comes back as
 * a new connection (after a reload), this side begins anew too.
 */
export function openPeer(config: PeerConfig): Peer {
  const { stream, polite, send } = config;
  let iceServers: IceServer[] = [];
  let connection: PeerConnection | undefined;
  let origin: string | undefined;
  let isOffering = false;
  let isIgnoring = false;
  let hasTracks = false;
  let closed = false;
  let early: IceCandidate[] = [];
  let heardOffer = '';

  function tell(from: PeerConnection): void {
    const description = from.localDescription;
    if (from === connection && (description?.type === 'offer' || description?.type === 'answer')) {
      send({ type: description.type, sdp: description.sdp });
    }
  }

  function addTracks(to: PeerConnection): void {
    hasTracks = true;
    for (const track of stream.getTracks()) to.addTrack(track, stream);
    // Without a camera one still sees the other.
    if (config.type === 'video' && !stream.getVideoTracks().length && !to.remoteDescription)
      to.addTransceiver('video', { direction: 'recvonly' });
  }

  /** Begins with a new connection. What an old one still says is not heard. */
  function connect(offers: boolean): PeerConnection {
    const rtc = webRtcOf(config.rtc);
    if (!rtc) throw new Error('This device cannot make calls.');
    if (connection) {
      connection.close();
      early = [];
    }
    const own = new rtc.RTCPeerConnection({ iceServers });
    connection = own;
    origin = undefined;
    hasTracks = isOffering = isIgnoring = false;
    heardOffer = '';

    own.onnegotiationneeded = () => void offer(own);
    own.onicecandidate = ({ candidate: found }: CandidateFound) => {
      if (own !== connection || !found?.candidate) return;
      const { candidate, sdpMid = null, sdpMLineIndex = null, usernameFragment } = found;
      send({ type: 'candidate', candidate: { candidate, sdpMid, sdpMLineIndex, usernameFragment } });
    };
    own.ontrack = ({ streams: [remote] }: { streams: readonly MediaStream[] }) => {
      if (own === connection && remote) config.onRemoteStream(remote);
    };
    own.onconnectionstatechange = () => {
      if (own !== connection) return;
      const state = own.connectionState;
      if (state === 'connected') config.onConnected(true);
      if (state === 'disconnected' || state === 'failed') config.onConnected(false);
      if (state === 'failed') void mend(own);
    };
    if (offers) addTracks(own);
    return own;
  }

  async function offer(own: PeerConnection): Promise<void> {
    if (own !== connection || own.signalingState !== 'stable') return;
    try {
      isOffering = true;
      await own.setLocalDescription();
      tell(own);
    } catch (cause) {
      if (own === connection) config.onFailed(cause);
    } finally {
      if (own === connection) isOffering = false;
    }
  }

  /** Credentials of servers lapse, so a connection is restarted with new ones. */
  async function mend(own: PeerConnection): Promise<void> {
    try {
      iceServers = await config.iceServers();
      if (own !== connection) return;
      own.setConfiguration({ iceServers });
    } catch {
      // Without a network there are no new ones; the old ones may do.
    }
    if (own === connection) own.restartIce();
  }

  async function hearOffer(sdp: string): Promise<void> {
    let own = connection ?? connect(false);
    if (origin !== undefined && originOf(sdp) !== origin) {
      config.onConnected(false);
      own = connect(false);
    }
    isIgnoring = !polite && (isOffering || own.signalingState !== 'stable');
    if (isIgnoring) return;
    // The answer was lost: it is given again.
    if (sdp === heardOffer && own.localDescription?.type === 'answer') return tell(own);
    heardOffer = sdp;
    await describe(own, { type: 'offer', sdp });
    if (own !== connection) return;
    if (!hasTracks) addTracks(own);
    await own.setLocalDescription();
    tell(own);
  }

  async function hearAnswer(sdp: string): Promise<void> {
    const own = connection;
    const isOther = origin !== undefined && originOf(sdp) !== origin;
    if (!own) return;
    if (own.signalingState !== 'have-local-offer') {
      // Answers go to all devices of a user. One to an offer that was not ours: another device speaks for this user now.
      if (isOther) config.onReplaced();
    } else if (isOther) {
      connect(true);
    } else {
      await describe(own, { type: 'answer', sdp });
    }
  }

  async function describe(own: PeerConnection, description: { type: 'offer' | 'answer'; sdp: string }): Promise<void> {
    await own.setRemoteDescription(description);
    origin = originOf(description.sdp);
    for (const candidate of early.splice(0)) await hearCandidate(candidate);
  }

  async function hearCandidate(candidate: IceCandidate): Promise<void> {
    if (!connection?.remoteDescription) {
      early.push(candidate);
      return;
    }
    // One that does not fit belongs to an offer that was ignored or is out of date: there are others.
    await connection.addIceCandidate(candidate).catch(() => undefined);
  }

  async function take(signal: PeerSignal): Promise<void> {
    if (closed) return;
    if (signal.type === 'candidate') await hearCandidate(signal.candidate);
    else if (signal.type === 'offer') await hearOffer(signal.sdp);
    else await hearAnswer(signal.sdp);
  }

  let work = config.iceServers().then((servers) => {
    iceServers = servers;
    if (!closed && config.offers) connect(true);
  });
  const then = (step: () => Promise<void>) => {
    work = work.then(step).catch((cause: unknown) => {
      if (!closed) config.onFailed(cause);
    });
  };
  then(async () => undefined);

  const look = setInterval(() => {
    if (!connection) return;
    const { signalingState, connectionState } = connection;
    if (signalingState === 'have-local-offer') tell(connection);
    else if (connectionState === 'disconnected' || connectionState === 'failed') void mend(connection);
  }, lookEvery);

  return {
    hear: (signal) => then(() => take(signal)),
    close() {
      closed = true;
      clearInterval(look);
      connection?.close();
      connection = undefined;
    },
  };
}
