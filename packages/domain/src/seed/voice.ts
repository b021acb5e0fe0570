import { waveOf } from './wave';

// What a demo person says in a voice message: hummed here, so that it is nobody's.

const samplesASecond = 8_000;
const seconds = 4;
/** So many bars are shown of it. */
const steps = 48;
/** How high each syllable is hummed, in hertz; 0: a breath. */
const syllables = [196, 220, 262, 0, 247, 220, 196, 175, 0, 220, 262, 294, 262, 0, 220, 196];

/** From -1 to 1, at a moment of the message. */
function humAt(second: number): number {
  const place = (second / seconds) * syllables.length;
  const pitch = syllables[Math.floor(place)] ?? 0;
  // Each syllable comes and goes, so that none begins with a click.
  const loudness = pitch === 0 ? 0 : Math.sin((place % 1) * Math.PI) ** 2 * (0.5 + 0.4 * Math.sin(place));
  const turn = 2 * Math.PI * pitch * second;
  return loudness * (0.6 * Math.sin(turn) + 0.25 * Math.sin(2 * turn) + 0.1 * Math.sin(3 * turn));
}

export interface Spoken {
  /** A WAV of one channel, 16 bits a sample. */
  readonly bytes: Uint8Array;
  /** How loud it is from its beginning to its end, from 0 to 100, with commas. */
  readonly waveform: string;
}

export function voiceMessage(): Spoken {
  const samples = Float32Array.from({ length: seconds * samplesASecond }, (_, at) => humAt(at / samplesASecond));
  const step = samples.length / steps;
  const peaks = Array.from({ length: steps }, (_, nth) =>
    samples.subarray(nth * step, (nth + 1) * step).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
  );
  const loudest = Math.max(...peaks);
  return { bytes: waveOf(samples, samplesASecond), waveform: peaks.map((peak) => Math.round((peak / loudest) * 100)).join() };
}
