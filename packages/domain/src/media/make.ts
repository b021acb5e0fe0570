import { clipLimits, type ErrorCode, type MediaKind, mediaBytes, mediaUpload } from '@app/contracts';
import { makePhoto } from '../photos/rules';
import { imageTypeOf } from '../photos/sniff';
import type { Context } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import { type ClipFormat, ClipRefused, type MadeClip, makeClip } from './clip';
import { places } from './places';
import { type MediaFile, type MediaRow, mediaKeys } from './present';

/** Why a file is not taken. */
export type MakingRefusal = Extract<
  ErrorCode,
  'FILE_TYPE_NOT_ALLOWED' | 'IMAGE_UNREADABLE' | 'IMAGE_TOO_LARGE' | 'MEDIA_UNREADABLE' | 'MEDIA_TOO_LONG'
>;
type Making = Pick<Context<MakingRefusal>, 'ports' | 'fail'>;

/** A file as it is to be kept: what is known of it, and its bytes under their keys. */
export interface Made {
  readonly row: Omit<MediaRow, 'id' | 'userId' | 'waveform' | 'posterId' | 'fileId' | 'createdAt'>;
  readonly bytesOf: (file: MediaFile) => readonly { readonly key: string; readonly bytes: Uint8Array }[];
}

/** No kind of file begins after so many bytes. */
const headBytes = 64;

const endings: Readonly<Record<ClipFormat, string>> = { mp4: 'mp4', webm: 'webm', ogg: 'ogg', mp3: 'mpeg', wav: 'wav' };

function requireSize(kind: MediaKind, size: number): void {
  const maxBytes = mediaBytes[kind];
  if (size > maxBytes) throw fail('PAYLOAD_TOO_LARGE', { maxBytes });
}

async function makeImage(context: Making, bytes: Uint8Array): Promise<Made> {
  requireSize('image', bytes.length);
  const { width, height, color, format, contentType, sizes } = await makePhoto(context, async () => bytes, mediaUpload.types);
  const row = { kind: 'image' as const, format, contentType, size: sizes.large.length, width, height, durationMs: null, codecs: [], color };
  const inOrder = [sizes.small, sizes.medium, sizes.large];
  return { row, bytesOf: (file) => mediaKeys(file).map((key, index) => ({ key, bytes: inOrder[index] ?? sizes.large })) };
}

async function readClip(context: Making, bytes: Uint8Array): Promise<MadeClip> {
  try {
    return await makeClip(bytes);
  } catch (error) {
    if (!(error instanceof ClipRefused)) throw error;
    if (error.reason === 'type') throw context.fail('FILE_TYPE_NOT_ALLOWED', { allowed: [...mediaUpload.types] });
    if (error.reason === 'long') throw context.fail('MEDIA_TOO_LONG', { maxSeconds: clipLimits[error.kind].maxSeconds });
    if (error.reason === 'large') throw context.fail('IMAGE_TOO_LARGE', { maxPixels: clipLimits.video.maxPixels });
    throw context.fail('MEDIA_UNREADABLE');
  }
}

async function makeRecording(context: Making, bytes: Uint8Array): Promise<Made> {
  const { kind, format, width, height, durationMs, codecs, bytes: kept } = await readClip(context, bytes);
  requireSize(kind, Math.max(bytes.length, kept.length));
  const contentType = `${kind}/${endings[format]}`;
  const row = { kind, format, contentType, size: kept.length, width, height, durationMs, codecs, color: null };
  return { row, bytesOf: (file) => mediaKeys(file).map((key) => ({ key, bytes: kept })) };
}

/** What a device has encrypted is kept as it came: what it is nobody here can tell. */
export function takeEncrypted(context: Making, bytes: Uint8Array): Made {
  requireSize('encrypted', bytes.length);
  if (bytes.length === 0) throw context.fail('MEDIA_UNREADABLE');
  const about = { size: bytes.length, width: null, height: null, durationMs: null, codecs: [], color: null };
  const row = { kind: 'encrypted' as const, format: 'bin', contentType: 'application/octet-stream', ...about };
  return { row, bytesOf: (file) => mediaKeys(file).map((key) => ({ key, bytes })) };
}

/** What can be seen or heard, of which its bytes decide what it is: written anew, with nothing else of what stood in it. */
export function makeOpenFile(context: Making, bytes: Uint8Array): Promise<Made> {
  const isImage = imageTypeOf(bytes.subarray(0, headBytes)) !== undefined;
  return isImage ? makeImage(context, bytes) : makeRecording(context, bytes);
}

/** So many files are read at once: a recording is held in memory twice while it is. */
export const inTurn = places(2);
