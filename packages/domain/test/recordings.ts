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
import { waveOf } from '../src/seed/wave';

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

/** Silence as it is, one channel of 8,000 samples a second. */
export const silenceOf = (seconds: number): Uint8Array => waveOf(new Float32Array(seconds * 8_000), 8_000);
