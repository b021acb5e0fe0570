import type { WebRtc } from '../../src/react/index';

/** One of the two states a real connection has between two descriptions, and the rules for going from one to the other. */
type Signaling = 'stable' | 'have-local-offer' | 'have-remote-offer' | 'closed';

interface Description {
  type: 'offer' | 'answer';
  sdp: string;
}

class FakeTrack {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  constructor(readonly kind: 'audio' | 'video') {}
  stop() {
    this.readyState = 'ended';
  }
}

class FakeStream {
  constructor(readonly tracks: FakeTrack[]) {}
  getTracks = () => this.tracks;
  getAudioTracks = () => this.tracks.filter(({ kind }) => kind === 'audio');
  getVideoTracks = () => this.tracks.filter(({ kind }) => kind === 'video');
}

const originOf = (sdp: string) => Number(/^o=- (\d+)/m.exec(sdp)?.[1]);
const ufragOf = (sdp: string) => String(/^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1]);
const kindsOf = (sdp: string) => [...sdp.matchAll(/^a=sends:(audio|video)/gm)].map(([, kind]) => kind as 'audio' | 'video');

function invalid(message: string): never {
  throw new DOMException(message, 'InvalidStateError');
}

/** Where packets flow, or do not. */
export interface Net {
  /** Every connection that was ever made. */
  readonly connections: FakePeerConnection[];
  /** All that are connected fail at once; they work again after a restart. */
  fail(): void;
  /** Whether two can reach each other at all. */
  reachable: boolean;
}

export function createNet(): Net {
  const connections: FakePeerConnection[] = [];
  return {
    connections,
    reachable: true,
    fail() {
      for (const connection of connections) if (connection.connectionState === 'connected') connection.lose('failed');
    },
  };
}

let made = 0;

/**
 * Negotiates as a real connection does (JSEP with implicit descriptions and rollback), with one candidate for each description
 * instead of a network. Two are connected when each holds the other's newest description and candidate.
 */
export class FakePeerConnection {
  readonly origin = ++made;
  signalingState: Signaling = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: Description | null = null;
  remoteDescription: Description | null = null;
  configuration: RTCConfiguration;
  readonly sent: FakeTrack[] = [];
  readonly wanted: string[] = [];
  private version = 0;
  private generation = 0;
  private negotiated = 0;
  private restarts = false;
  private isRestartedByOther = false;
  private before: Description | null = null;
  private readonly heard = new Set<string>();
  private readonly shown = new Set<string>();
  private remoteStream = new FakeStream([]);

  constructor(
    private readonly net: Net,
    configuration: RTCConfiguration,
  ) {
    this.configuration = configuration;
    net.connections.push(this);
  }

  onnegotiationneeded: ((event: never) => void) | null = null;
  onconnectionstatechange: ((event: never) => void) | null = null;
  onicecandidate: ((event: never) => void) | null = null;
  ontrack: ((event: never) => void) | null = null;

  private tell(name: 'connectionstatechange' | 'icecandidate' | 'track', event: object = {}): void {
    queueMicrotask(() => {
      if (this.signalingState !== 'closed') this[`on${name}`]?.(event as never);
    });
  }

  private isLacking(): boolean {
    return this.restarts || this.sent.length + this.wanted.length > this.negotiated;
  }

  private negotiate(): void {
    queueMicrotask(() => {
      if (this.signalingState === 'stable' && this.isLacking()) this.onnegotiationneeded?.({} as never);
    });
  }

  addTrack(track: FakeTrack): void {
    this.sent.push(track);
    this.negotiate();
  }

  addTransceiver(kind: string): void {
    this.wanted.push(kind);
    this.negotiate();
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  restartIce(): void {
    this.restarts = true;
    this.negotiate();
  }

  async setLocalDescription(): Promise<void> {
    if (this.signalingState === 'closed') invalid('It is closed.');
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    const isFresh = this.localDescription === null || this.restarts || (type === 'answer' && this.isRestartedByOther);
    if (isFresh) this.generation += 1;
    const lines = [`o=- ${this.origin} ${++this.version} IN IP4 127.0.0.1`, `a=ice-ufrag:${this.origin}.${this.generation}`];
    for (const { kind } of this.sent) lines.push(`a=sends:${kind}`);
    if (type === 'offer') this.before = this.localDescription;
    this.localDescription = { type, sdp: `v=0\r\n${lines.join('\r\n')}\r\n` };
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    if (type === 'answer') this.settled();
    const ufrag = ufragOf(this.localDescription.sdp);
    const candidate = { candidate: `candidate:${ufrag}`, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: ufrag };
    setImmediate(() => this.tell('icecandidate', { candidate }));
  }

  async setRemoteDescription(description: Description): Promise<void> {
    if (this.signalingState === 'closed') invalid('It is closed.');
    const { type, sdp } = description;
    if (type === 'answer' && this.signalingState !== 'have-local-offer') invalid('Nothing was offered.');
    const remote = this.remoteDescription;
    if (remote && originOf(remote.sdp) !== originOf(sdp)) invalid('Another connection answers here.');
    if (type === 'offer' && this.signalingState === 'have-local-offer') this.localDescription = this.before;
    this.isRestartedByOther = remote !== null && ufragOf(remote.sdp) !== ufragOf(sdp);
    this.remoteDescription = description;
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
    for (const kind of kindsOf(sdp)) {
      if (this.shown.has(kind)) continue;
      this.shown.add(kind);
      if (this.remoteStream.tracks.length === 0) this.remoteStream = new FakeStream([]);
      this.remoteStream.tracks.push(new FakeTrack(kind));
      this.tell('track', { streams: [this.remoteStream] });
    }
    if (type === 'answer') this.settled();
  }

  private settled(): void {
    this.restarts = false;
    this.negotiated = this.sent.length + this.wanted.length;
    this.look();
    this.negotiate();
  }

  async addIceCandidate(candidate: { usernameFragment?: string | null }): Promise<void> {
    if (!this.remoteDescription) invalid('Nothing is known of the other side.');
    if (candidate.usernameFragment !== ufragOf(this.remoteDescription?.sdp ?? '')) {
      throw new DOMException('Unknown ufrag', 'OperationError');
    }
    this.heard.add(String(candidate.usernameFragment));
    this.look();
  }

  /** Whether this side holds the newest of the other side. */
  private holds(other: FakePeerConnection): boolean {
    const { remoteDescription } = this;
    const theirs = other.localDescription && ufragOf(other.localDescription.sdp);
    const isTheirs = remoteDescription !== null && originOf(remoteDescription.sdp) === other.origin;
    return isTheirs && this.signalingState === 'stable' && theirs === ufragOf(remoteDescription.sdp) && this.heard.has(theirs);
  }

  private look(): void {
    if (!this.net.reachable) return;
    const other = this.net.connections.find((one) => one !== this && this.holds(one) && one.holds(this));
    if (!other) return;
    for (const one of [this, other]) {
      if (one.connectionState === 'connected') continue;
      one.connectionState = 'connected';
      one.tell('connectionstatechange');
    }
  }

  lose(how: 'disconnected' | 'failed'): void {
    this.connectionState = how;
    this.tell('connectionstatechange');
    // What was exchanged before is worth nothing now.
    this.heard.clear();
  }

  close(): void {
    if (this.signalingState === 'closed') return;
    this.signalingState = 'closed';
    this.connectionState = 'closed';
  }

  /** The device is gone; the other side notices. */
  vanish(): void {
    this.close();
    const remote = this.remoteDescription && originOf(this.remoteDescription.sdp);
    const other = this.net.connections.find(({ origin }) => origin === remote);
    if (other?.connectionState === 'connected') other.lose('disconnected');
  }
}

/** Microphone, camera and connections of one device. */
export function createDevice(net: Net) {
  const streams: FakeStream[] = [];
  let fault: (constraints: { video: boolean }) => string | undefined = () => undefined;
  let ready: Promise<void> = Promise.resolve();
  const webrtc = {
    RTCPeerConnection: class extends FakePeerConnection {
      constructor(configuration: RTCConfiguration) {
        super(net, configuration);
      }
    },
    mediaDevices: {
      async getUserMedia({ video }: { audio: boolean; video: boolean }) {
        await ready;
        const name = fault({ video });
        if (name) throw new DOMException(`It failed: ${name}`, name);
        const stream = new FakeStream([new FakeTrack('audio'), ...(video ? [new FakeTrack('video')] : [])]);
        streams.push(stream);
        return stream;
      },
    },
  } satisfies WebRtc;
  return {
    webrtc,
    streams,
    /** Makes `getUserMedia` fail with the errors of that name. */
    failWith(name: string | ((constraints: { video: boolean }) => string | undefined)) {
      fault = typeof name === 'string' ? () => name : name;
    },
    /** Until then the user has not answered whether the app may. */
    askUntil(answered: Promise<void>) {
      ready = answered;
    },
    /** Whether every track that was ever opened is stopped. */
    get isQuiet() {
      return streams.every(({ tracks }) => tracks.every(({ readyState }) => readyState === 'ended'));
    },
  };
}
