/** What a call needs of a peer connection. The browser's `RTCPeerConnection` and `react-native-webrtc`'s both have it. */
export type PeerConnection = Pick<
  RTCPeerConnection,
  | 'addEventListener'
  | 'addIceCandidate'
  | 'addTrack'
  | 'addTransceiver'
  | 'close'
  | 'connectionState'
  | 'localDescription'
  | 'remoteDescription'
  | 'restartIce'
  | 'setConfiguration'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'signalingState'
>;

/** Where microphone and camera come from. */
export interface MediaSource {
  getUserMedia(constraints: { audio: boolean; video: boolean }): Promise<MediaStream>;
}

/** WebRTC as the calls use it. Default: the globals of the browser. */
export interface WebRtc {
  RTCPeerConnection: new (configuration: RTCConfiguration) => PeerConnection;
  mediaDevices: MediaSource;
}
