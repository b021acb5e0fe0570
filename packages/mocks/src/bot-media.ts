import type { CallType, callEvents, IceServer, WireInputOf } from '@app/contracts';

type Candidate = WireInputOf<(typeof callEvents)['call:ice_candidate']['signal']>['candidate'];

/** What two sides of a call tell each other. */
export type MediaSignal =
  | { readonly type: 'offer' | 'answer'; readonly sdp: string }
  | { readonly type: 'candidate'; readonly candidate: Candidate };

export interface BotMediaParts {
  readonly type: CallType;
  /** Whether this side offers, as the caller's does. */
  readonly offers: boolean;
  readonly iceServers: readonly IceServer[];
  /** What is written into the picture. */
  readonly name: string;
  send(signal: MediaSignal): void;
  /** The media cannot be. */
  failed(error: unknown): void;
}

/** The bot's side of a call with real media. */
export interface BotMedia {
  hear(signal: MediaSignal): void;
  close(): void;
}

interface Show {
  readonly stream: MediaStream;
  close(): void;
}

const [width, height, framesPerSecond] = [480, 640, 15];
const beatMs = 900;

/** A picture that moves and a soft tone that beats with it, so that one sees and hears that media flows. */
function openShow(type: CallType, name: string): Show {
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 220 });
  const loudness = new GainNode(audio, { gain: 0.02 });
  const ear = audio.createMediaStreamDestination();
  tone.connect(loudness).connect(ear);
  tone.start();
  const stream = new MediaStream(ear.stream.getAudioTracks());
  let drawing: ReturnType<typeof setInterval> | undefined;

  if (type === 'video') {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const paint = canvas.getContext('2d');
    if (paint === null) throw new Error('This browser does not paint.');
    const draw = () => {
      const beat = Math.abs(Math.sin((performance.now() / beatMs) * Math.PI));
      paint.fillStyle = '#2a1a2e';
      paint.fillRect(0, 0, width, height);
      paint.fillStyle = '#ff6b81';
      paint.beginPath();
      paint.arc(width / 2, height / 2, 90 + 30 * beat, 0, 2 * Math.PI);
      paint.fill();
      paint.fillStyle = '#fff';
      paint.font = '600 36px sans-serif';
      paint.textAlign = 'center';
      paint.fillText(name, width / 2, height / 2 + 12);
      loudness.gain.setTargetAtTime(0.005 + 0.02 * beat, audio.currentTime, 0.05);
    };
    draw();
    drawing = setInterval(draw, 1000 / framesPerSecond);
    for (const track of canvas.captureStream(framesPerSecond).getVideoTracks()) stream.addTrack(track);
  }

  return {
    stream,
    close() {
      clearInterval(drawing);
      for (const track of stream.getTracks()) track.stop();
      tone.stop();
      void audio.close();
    },
  };
}

/** Tells connections apart: a side that comes back after a reload describes itself with another session. */
function sessionOf(sdp: string): string | undefined {
  return /^o=\S+ (\S+)/m.exec(sdp)?.[1];
}

/** Opens the bot's side. It gives way whenever both offer at once, and begins anew when the other side does. */
export function openBotMedia({ type, offers, iceServers, name, send, failed }: BotMediaParts): BotMedia {
  const show = openShow(type, name);
  let connection: RTCPeerConnection | undefined;
  let session: string | undefined;
  let early: Candidate[] = [];
  let isClosed = false;
  let work: Promise<unknown> = Promise.resolve();

  function connect(): RTCPeerConnection {
    connection?.close();
    const own = new RTCPeerConnection({ iceServers: iceServers.map((server) => ({ ...server, urls: [...server.urls] })) });
    connection = own;
    early = [];
    own.addEventListener('icecandidate', ({ candidate }) => {
      if (own !== connection || !candidate?.candidate) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      send({ type: 'candidate', candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } });
    });
    for (const track of show.stream.getTracks()) own.addTrack(track, show.stream);
    return own;
  }

  async function describe(own: RTCPeerConnection): Promise<void> {
    await own.setLocalDescription();
    const { localDescription } = own;
    if (own !== connection || localDescription === null) return;
    if (localDescription.type === 'offer' || localDescription.type === 'answer') {
      send({ type: localDescription.type, sdp: localDescription.sdp });
    }
  }

  async function take(signal: MediaSignal): Promise<void> {
    if (isClosed) return;
    if (signal.type === 'candidate') {
      if (connection?.remoteDescription) await connection.addIceCandidate(signal.candidate);
      else early.push(signal.candidate);
      return;
    }
    const from = sessionOf(signal.sdp);
    const waitsForAnswer = connection?.signalingState === 'have-local-offer';
    if (signal.type === 'answer' && !waitsForAnswer) return;
    const isAnother = session !== undefined && from !== session;
    session = from;
    const kept = early;
    const own = connection === undefined || isAnother ? connect() : connection;
    await own.setRemoteDescription({ type: signal.type, sdp: signal.sdp });
    for (const candidate of kept) await own.addIceCandidate(candidate);
    early = [];
    if (signal.type === 'offer') await describe(own);
  }

  function then(step: () => Promise<void>): void {
    work = work.then(step).catch((error: unknown) => {
      if (!isClosed) failed(error);
    });
  }

  if (offers) then(() => describe(connect()));

  return {
    hear: (signal) => then(() => take(signal)),
    close() {
      isClosed = true;
      connection?.close();
      show.close();
    },
  };
}
