// Recordings as apps make them, in small: their packets hold nothing that could be seen or heard, which nobody here looks at.
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';

interface Wanted {
  readonly seconds?: number;
  readonly width?: number;
  readonly height?: number;
  readonly comment?: string;
}

const frameOf = (index: number) => Uint8Array.from({ length: 400 }, (_, at) => (index + at) % 256);

/** A video of ten pictures a second. */
export async function videoOf(
  format: 'mp4' | 'webm',
  { seconds = 2, width = 320, height = 240, comment }: Wanted = {},
): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format: format === 'mp4' ? new Mp4OutputFormat() : new WebMOutputFormat(), target });
  const source = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(source);
  if (comment !== undefined) output.setMetadataTags({ comment });
  await output.start();
  const decoderConfig = { codec: 'vp8', codedWidth: width, codedHeight: height };
  for (let index = 0; index < seconds * 10; index += 1) {
    await source.add(new EncodedPacket(frameOf(index), index % 10 === 0 ? 'key' : 'delta', index / 10, 0.1), { decoderConfig });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

/** What a microphone gave. */
export async function voiceOf({ seconds = 2 }: Wanted = {}): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = { codec: 'opus', numberOfChannels: 1, sampleRate: 48_000 };
  for (let index = 0; index < seconds * 50; index += 1) {
    await source.add(new EncodedPacket(frameOf(index).subarray(0, 40), 'key', index / 50, 0.02), { decoderConfig });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

/** Sound as it is, one channel of 8,000 samples a second. */
export function waveOf(seconds: number): Uint8Array {
  const size = seconds * 8_000 * 2;
  const bytes = new Uint8Array(44 + size);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  word(0, 'RIFF');
  view.setUint32(4, 36 + size, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8_000, true);
  view.setUint32(28, 16_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, size, true);
  return bytes;
}
