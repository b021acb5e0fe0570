import { type Call, type EventData, type Events, isLiveCall } from '@app/contracts';
import { type Platform, userTopic } from '@app/domain';
import type { Actor } from '@app/domain/seed';

/** A face that moves and a tone that is just there, made of nothing but a canvas and an oscillator. */
function madeUpMedia(name: string, withVideo: boolean): { readonly stream: MediaStream; stop(): void } {
  const stream = new MediaStream();
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const quiet = audio.createGain();
  quiet.gain.value = 0.02;
  const out = audio.createMediaStreamDestination();
  tone.frequency.value = 220;
  tone.connect(quiet).connect(out);
  tone.start();
  for (const track of out.stream.getAudioTracks()) stream.addTrack(track);

  let drawing: ReturnType<typeof setInterval> | undefined;
  if (withVideo) {
    const canvas = document.createElement('canvas');
    canvas.width = 480;
    canvas.height = 640;
    const pen = canvas.getContext('2d');
    let turn = 0;
    drawing = setInterval(() => {
      if (pen === null) return;
      turn += 1;
      const sky = pen.createLinearGradient(0, 0, canvas.width, canvas.height);
      sky.addColorStop(0, `hsl(${(turn * 2) % 360} 70% 62%)`);
      sky.addColorStop(1, `hsl(${(turn * 2 + 70) % 360} 75% 45%)`);
      pen.fillStyle = sky;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = 'rgb(255 255 255 / 0.9)';
      pen.beginPath();
      pen.arc(240, 300 + Math.sin(turn / 12) * 14, 120, 0, Math.PI * 2);
      pen.fill();
      pen.fillStyle = 'rgb(20 20 40 / 0.85)';
      pen.font = '600 130px system-ui, sans-serif';
      pen.textAlign = 'center';
      pen.textBaseline = 'middle';
      pen.fillText(name.slice(0, 1), 240, 306 + Math.sin(turn / 12) * 14);
    }, 50);
    for (const track of canvas.captureStream(20).getVideoTracks()) stream.addTrack(track);
  }
  return {
    stream,
    stop() {
      clearInterval(drawing);
      for (const track of stream.getTracks()) track.stop();
      void audio.close();
    },
  };
}

/**
 * Joins a call as the person the bot acts for, with made-up media over a real peer connection. Listens before the call
 * is answered, and goes when it is over.
 */
export function joinCall(platform: Platform, actor: Actor, call: Call, onError: (error: unknown) => void): void {
  const isCaller = call.caller.id === actor.userId;
  const self = isCaller ? call.caller : call.callee;
  const media = madeUpMedia(self.displayName, call.type === 'video');
  const peer = new RTCPeerConnection();
  const early: RTCIceCandidateInit[] = [];
  let turn: Promise<void> = Promise.resolve();

  for (const track of media.stream.getTracks()) peer.addTrack(track, media.stream);
  peer.onicecandidate = ({ candidate }) => {
    if (candidate === null) return;
    const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    const data = { callId: call.id, candidate: { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } };
    actor.emit('call:ice_candidate', data).catch(onError);
  };

  /** One thing after the other: a candidate needs the description before it. */
  function inTurn(step: () => Promise<void>): void {
    turn = turn.then(step).catch(onError);
  }

  async function described(description: RTCSessionDescriptionInit): Promise<void> {
    await peer.setRemoteDescription(description);
    for (const candidate of early.splice(0)) await peer.addIceCandidate(candidate);
  }

  async function offer(): Promise<void> {
    await peer.setLocalDescription();
    await actor.emit('call:sdp_offer', { callId: call.id, sdp: peer.localDescription?.sdp ?? '' });
  }

  async function answer(sdp: string): Promise<void> {
    await described({ type: 'offer', sdp });
    await peer.setLocalDescription();
    await actor.emit('call:sdp_answer', { callId: call.id, sdp: peer.localDescription?.sdp ?? '' });
  }

  function leave(): void {
    stopListening();
    peer.close();
    media.stop();
  }

  const stopListening = platform.kernel.ports.bus.subscribe(userTopic(actor.userId), (message) => {
    if (message.kind !== 'frame') return;
    const { event, data } = JSON.parse(message.text) as { event: string; data: { callId?: string; call?: Call } };
    if (data.call?.id === call.id) {
      if (!isLiveCall(data.call.state)) leave();
      else if (event === 'call:answered' && isCaller) inTurn(offer);
      return;
    }
    if (data.callId !== call.id) return;
    if (event === 'call:sdp_offer') inTurn(() => answer((data as EventData<Events['call:sdp_offer']>).sdp));
    if (event === 'call:sdp_answer') inTurn(() => described({ type: 'answer', sdp: (data as EventData<Events['call:sdp_answer']>).sdp }));
    if (event === 'call:ice_candidate') {
      const { candidate } = data as EventData<Events['call:ice_candidate']>;
      inTurn(async () => {
        if (peer.remoteDescription === null) early.push(candidate);
        else await peer.addIceCandidate(candidate);
      });
    }
  });
}
