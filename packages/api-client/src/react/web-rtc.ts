/** A microphone's or camera's track, as much of it as calls need. */
export interface MediaTrack {
  readonly kind: string;
  enabled: boolean;
  stop(): void;
}

/** The part of a `MediaStream` that calls need. */
export interface MediaTracks {
  getTracks(): MediaTrack[];
  getAudioTracks(): MediaTrack[];
  getVideoTracks(): MediaTrack[];
}

/** The part of an `RTCPeerConnection` that calls need: the browsers' and `react-native-webrtc`'s both have it. */
export interface PeerConnection {
  readonly connectionState: string;
  readonly signalingState: string;
  readonly localDescription: { readonly type: string | null; readonly sdp: string } | null;
  readonly remoteDescription: object | null;
  onnegotiationneeded: ((event: never) => void) | null;
  onconnectionstatechange: ((event: never) => void) | null;
  onicecandidate: ((event: never) => void) | null;
  ontrack: ((event: never) => void) | null;
  addTrack(track: MediaTrack, ...streams: MediaTracks[]): unknown;
  addTransceiver(kind: 'audio' | 'video', init: { direction: 'recvonly' }): unknown;
  addIceCandidate(candidate: object): Promise<void>;
  setConfiguration(configuration: { iceServers: { urls: string[]; username?: string; credential?: string }[] }): void;
  setLocalDescription(): Promise<void>;
  setRemoteDescription(description: { type: 'offer' | 'answer'; sdp: string }): Promise<void>;
  restartIce(): void;
  close(): void;
}

/** WebRTC as calls use it. Default: the globals of the browser. On phones: `import * as webrtc from 'react-native-webrtc'`. */
export interface WebRtc {
  RTCPeerConnection: new (configuration: { iceServers: { urls: string[]; username?: string; credential?: string }[] }) => PeerConnection;
  mediaDevices: { getUserMedia(constraints: { audio: boolean; video: boolean }): Promise<MediaTracks> };
}

/** What `onicecandidate` is told; no candidate means that there are no more. */
export interface CandidateFound {
  candidate: { candidate: string; sdpMid?: string | null; sdpMLineIndex?: number | null; usernameFragment?: string | null } | null;
}
