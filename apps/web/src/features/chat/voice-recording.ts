import type { MediaToSend } from '@app/api-client';
import { clipLimits } from '@app/api-client';
import { waveformOf } from './waveform';

/** What is spoken, well enough to be understood. In bits per second. */
const bitsPerSecond = 40_000;
/** So often it is asked how loud it is. In milliseconds. */
const listenEvery = 50;
/** Chromium and Firefox record the first, Safari the second. */
const types = ['audio/webm;codecs=opus', 'audio/mp4'] as const;

/** The longest voice message there can be. In milliseconds. */
export const longestVoice = clipLimits.audio.maxSeconds * 1000;

const typeHere = () => types.find((type) => MediaRecorder.isTypeSupported(type));

/** Whether this browser can record at all. */
export const canRecord = (): boolean =>
  typeof MediaRecorder !== 'undefined' && typeof navigator.mediaDevices?.getUserMedia === 'function' && typeHere() !== undefined;

/** What was recorded: to be heard before it is sent. */
export interface VoiceMessage extends MediaToSend {
  readonly file: File;
  readonly waveform: readonly number[];
  readonly durationMs: number;
}

/** Something that is being recorded. */
export interface Recording {
  /** How loud it has been, oldest first, from 0 to 1; grows. */
  readonly levels: readonly number[];
  elapsedMs(): number;
  /** Ends it. Null where nothing was recorded. */
  stop(): Promise<VoiceMessage | null>;
  /** Ends it, and keeps nothing. */
  cancel(): void;
}

/** How loud what an analyser hears is, from 0 to 1. */
function levelOf(analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): number {
  analyser.getFloatTimeDomainData(samples);
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  // Voices are far below the loudest there can be.
  return Math.min(1, Math.sqrt(sum / samples.length) * 4);
}

/** Begins to record. Rejects with a `DOMException` where the microphone is refused (`NotAllowedError`) or there is none. */
export async function startRecording(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  const mimeType = typeHere();
  const recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: bitsPerSecond });
  const sound = new AudioContext();
  const analyser = sound.createAnalyser();
  analyser.fftSize = 1024;
  sound.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);

  const levels: number[] = [];
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const startedAt = performance.now();
  let endedAt: number | undefined;
  const elapsedMs = () => Math.min(longestVoice, (endedAt ?? performance.now()) - startedAt);
  const listening = setInterval(() => levels.push(levelOf(analyser, samples)), listenEvery);
  recorder.start();

  /** Lets go of the microphone, so that the browser no longer shows that it listens. */
  function release(): void {
    clearInterval(listening);
    endedAt ??= performance.now();
    for (const track of stream.getTracks()) track.stop();
    void sound.close();
  }

  return {
    levels,
    elapsedMs,
    async stop() {
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
      // Where the microphone was pulled out it has stopped by itself.
      if (recorder.state !== 'inactive') {
        recorder.stop();
        await stopped;
      }
      release();
      const type = (recorder.mimeType || mimeType || '').split(';')[0] ?? '';
      const file = new File(parts, type === 'audio/mp4' ? 'voice.m4a' : 'voice.webm', { type });
      if (file.size === 0) return null;
      return { kind: 'audio', file, waveform: waveformOf(levels), durationMs: Math.round(elapsedMs()) };
    },
    cancel() {
      if (recorder.state !== 'inactive') recorder.stop();
      release();
    },
  };
}
