import { type ClipKind, clipLimits } from '@app/contracts';
import type { EncodedPacket, Input, InputAudioTrack, InputFormat, InputVideoTrack, OutputFormat } from 'mediabunny';

/** Audio or video as it is kept. */
export interface MadeClip {
  readonly kind: ClipKind;
  /** The ending of its file. */
  readonly format: ClipFormat;
  /** As it is shown, in pixels; null of audio. */
  readonly width: number | null;
  readonly height: number | null;
  readonly durationMs: number;
  /** As `canPlayType` is asked for them: `avc1.64001f`, `mp4a.40.2`. */
  readonly codecs: string[];
  readonly bytes: Uint8Array;
}

export type ClipFormat = 'mp4' | 'webm' | 'ogg' | 'mp3' | 'wav';

/** `type`: it is something else than audio or video that is taken; `unreadable`: it is damaged, or cut off; `long`, `large`: there is too much of it. */
export class ClipRefused extends Error {
  override readonly name = 'ClipRefused';
  readonly reason: 'type' | 'unreadable' | 'long' | 'large';
  readonly kind: ClipKind;

  constructor(reason: ClipRefused['reason'], kind: ClipKind = 'video') {
    super(`The clip is refused: ${reason}.`);
    this.reason = reason;
    this.kind = kind;
  }
}

const videoCodecs: readonly string[] = ['avc', 'hevc', 'vp8', 'vp9', 'av1'];
const audioCodecs: readonly string[] = ['aac', 'opus', 'vorbis', 'mp3', 'pcm-s16'];

/** Pictures and samples of one second: no device makes more, and a file that says it has more is made to keep readers busy. */
const mostPacketsASecond = 500;

type Bunny = typeof import('mediabunny');

/** What goes on is written into a file of the same kind; what comes from an iPhone in QuickTime's becomes an MP4, which is nearly the same. */
function outputOf(bunny: Bunny, format: InputFormat): { readonly format: ClipFormat; readonly output: OutputFormat } | undefined {
  const { MP4, QTFF, WEBM, MATROSKA, OGG, MP3, WAVE } = bunny;
  if (format === MP4 || format === QTFF) return { format: 'mp4', output: new bunny.Mp4OutputFormat({ fastStart: 'in-memory' }) };
  if (format === WEBM || format === MATROSKA) return { format: 'webm', output: new bunny.WebMOutputFormat() };
  if (format === OGG) return { format: 'ogg', output: new bunny.OggOutputFormat() };
  if (format === MP3) return { format: 'mp3', output: new bunny.Mp3OutputFormat() };
  if (format === WAVE) return { format: 'wav', output: new bunny.WavOutputFormat() };
  return undefined;
}

async function codecsOf(tracks: readonly (InputVideoTrack | InputAudioTrack)[]): Promise<string[]> {
  const codecs: string[] = [];
  for (const track of tracks) {
    const [codec, parameters] = [await track.getCodec(), await track.getCodecParameterString()];
    const known = track.isVideoTrack() ? videoCodecs : audioCodecs;
    if (codec === null || parameters === null || !known.includes(codec)) throw new ClipRefused('type');
    codecs.push(parameters);
  }
  return codecs;
}

/** The packets of a track in their order. Whoever cut a file off left some that are not there any more. */
async function* packetsOf(bunny: Bunny, track: InputVideoTrack | InputAudioTrack, kind: ClipKind): AsyncGenerator<EncodedPacket> {
  const { maxSeconds } = clipLimits[kind];
  let count = 0;
  for await (const packet of new bunny.EncodedPacketSink(track).packets()) {
    count += 1;
    if (packet.timestamp + packet.duration > maxSeconds + 1 || count > maxSeconds * mostPacketsASecond) throw new ClipRefused('long', kind);
    if (packet.data.byteLength === 0) throw new ClipRefused('unreadable', kind);
    yield packet;
  }
  if (count === 0) throw new ClipRefused('unreadable', kind);
}

async function copy(bunny: Bunny, input: Input): Promise<MadeClip> {
  const made = outputOf(bunny, await input.getFormat());
  if (made === undefined) throw new ClipRefused('type');
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  const kind: ClipKind = video === null ? 'audio' : 'video';
  const codecs = await codecsOf([video, audio].filter((track) => track !== null));
  if (codecs.length === 0) throw new ClipRefused('unreadable', kind);
  const [width, height] = video === null ? [null, null] : [await video.getDisplayWidth(), await video.getDisplayHeight()];
  if (width !== null && height !== null) {
    if (width < 1 || height < 1) throw new ClipRefused('unreadable', kind);
    const coded = video === null ? 0 : (await video.getCodedWidth()) * (await video.getCodedHeight());
    if (Math.max(width * height, coded) > clipLimits.video.maxPixels) throw new ClipRefused('large', kind);
  }

  const target = new bunny.BufferTarget();
  const output = new bunny.Output({ format: made.output, target });
  let end = 0;
  let start = Number.POSITIVE_INFINITY;
  const seen = (packet: EncodedPacket) => {
    start = Math.min(start, packet.timestamp);
    end = Math.max(end, packet.timestamp + packet.duration);
  };
  const copying: (() => Promise<void>)[] = [];
  if (video !== null) {
    const codec = await video.getCodec();
    const decoderConfig = await video.getDecoderConfig();
    if (codec === null || decoderConfig === null) throw new ClipRefused('unreadable', kind);
    const source = new bunny.EncodedVideoPacketSource(codec);
    output.addVideoTrack(source, { rotation: await video.getRotation() });
    copying.push(async () => {
      for await (const packet of packetsOf(bunny, video, kind)) {
        seen(packet);
        await source.add(packet, { decoderConfig });
      }
      source.close();
    });
  }
  if (audio !== null) {
    const codec = await audio.getCodec();
    const decoderConfig = await audio.getDecoderConfig();
    if (codec === null || decoderConfig === null) throw new ClipRefused('unreadable', kind);
    const source = new bunny.EncodedAudioPacketSource(codec);
    output.addAudioTrack(source);
    copying.push(async () => {
      for await (const packet of packetsOf(bunny, audio, kind)) {
        seen(packet);
        await source.add(packet, { decoderConfig });
      }
      source.close();
    });
  }
  await output.start();
  await Promise.all(copying.map((run) => run()));
  await output.finalize();
  // A file that was cut off may end where one of its pieces does. What it says of itself then is more than what is there.
  const declared = await input.getDurationFromMetadata();
  if (declared !== null && declared - end > Math.max(0.3, declared * 0.05)) throw new ClipRefused('unreadable', kind);
  const durationMs = Math.round((end - Math.min(start, end)) * 1000);
  if (durationMs > clipLimits[kind].maxSeconds * 1000) throw new ClipRefused('long', kind);
  if (target.buffer === null || durationMs < 1) throw new ClipRefused('unreadable', kind);
  return { kind, format: made.format, width, height, durationMs, codecs, bytes: new Uint8Array(target.buffer) };
}

/**
 * Reads audio or video out of a file that anybody may have sent, and writes its pictures and its sound alone into a new one: what else was
 * in there, where and by whom it was taken among it, does not go on, and neither does what another program might read the file as. Nothing
 * is decoded. Throws `ClipRefused`.
 */
export async function makeClip(bytes: Uint8Array): Promise<MadeClip> {
  // Loaded where there is something to read only.
  const bunny = await import('mediabunny');
  const { MP4, QTFF, WEBM, MATROSKA, OGG, MP3, WAVE, Input, BufferSource } = bunny;
  const input = new Input({ formats: [MP4, QTFF, WEBM, MATROSKA, OGG, MP3, WAVE], source: new BufferSource(bytes) });
  try {
    if (!(await input.canRead())) throw new ClipRefused('type');
    return await copy(bunny, input);
  } catch (error) {
    // What it says of the file is nobody's business, and is always the file's fault.
    if (error instanceof ClipRefused || !(error instanceof Error)) throw error;
    throw new ClipRefused('unreadable');
  } finally {
    input.dispose();
  }
}
