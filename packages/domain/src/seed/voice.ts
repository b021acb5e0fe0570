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
  const size = samples.length * 2;
  const bytes = new Uint8Array(44 + size);
  const out = new DataView(bytes.buffer);
  const word = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  word(0, 'RIFF');
  out.setUint32(4, 36 + size, true);
  word(8, 'WAVEfmt ');
  out.setUint32(16, 16, true);
  out.setUint16(20, 1, true);
  out.setUint16(22, 1, true);
  out.setUint32(24, samplesASecond, true);
  out.setUint32(28, samplesASecond * 2, true);
  out.setUint16(32, 2, true);
  out.setUint16(34, 16, true);
  word(36, 'data');
  out.setUint32(40, size, true);
  samples.forEach((sample, at) => {
    out.setInt16(44 + at * 2, sample * 32_767, true);
  });
  const step = samples.length / steps;
  const peaks = Array.from({ length: steps }, (_, nth) =>
    samples.subarray(nth * step, (nth + 1) * step).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
  );
  const loudest = Math.max(...peaks);
  return { bytes, waveform: peaks.map((peak) => Math.round((peak / loudest) * 100)).join() };
}
