/** A WAV of one channel, 16 bits a sample. Samples are from -1 to 1, so many a second. */
export function waveOf(samples: Float32Array, samplesASecond: number): Uint8Array<ArrayBuffer> {
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
  return bytes;
}
