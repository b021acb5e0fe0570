import {
  clipLimits,
  type ErrorCode,
  type Media,
  type MediaKind,
  maxWaveformHeight,
  maxWaveformSteps,
  mediaBytes,
  mediaUpload,
  type UploadedFile,
  unusedMediaHours,
} from '@app/contracts';
import { and, eq, isNull } from 'drizzle-orm';
import { makePhoto } from '../photos/rules';
import { imageTypeOf } from '../photos/sniff';
import type { Context } from '../pipeline/context';
import { fail } from '../pipeline/failure';
import type { Transacts } from '../pipeline/implement';
import { type ClipFormat, ClipRefused, type MadeClip, makeClip } from './clip';
import { places } from './places';
import { type MediaFile, type MediaRow, mediaKeys, presentMedia } from './present';
import { media } from './table';

type Refusal = Extract<
  ErrorCode,
  'FILE_TYPE_NOT_ALLOWED' | 'IMAGE_UNREADABLE' | 'IMAGE_TOO_LARGE' | 'MEDIA_UNREADABLE' | 'MEDIA_TOO_LONG' | 'MEDIA_NOT_FOUND'
>;
type Uploading = Context<Refusal> & Transacts<Context<Refusal>>;

export interface MediaUpload {
  readonly file: UploadedFile;
  readonly as?: 'encrypted' | undefined;
  readonly posterId?: string | undefined;
  readonly waveform?: string | undefined;
}

/** A file as it is to be kept: what is known of it, and its bytes under their keys. */
interface Made {
  readonly row: Omit<MediaRow, 'id' | 'userId' | 'waveform' | 'posterId' | 'fileId' | 'createdAt'>;
  readonly bytesOf: (file: MediaFile) => readonly { readonly key: string; readonly bytes: Uint8Array }[];
}

const hourMs = 60 * 60 * 1000;
/** No kind of file begins after so many bytes. */
const headBytes = 64;

const endings: Readonly<Record<ClipFormat, string>> = { mp4: 'mp4', webm: 'webm', ogg: 'ogg', mp3: 'mpeg', wav: 'wav' };

function requireSize(kind: MediaKind, size: number): void {
  const maxBytes = mediaBytes[kind];
  if (size > maxBytes) throw fail('PAYLOAD_TOO_LARGE', { maxBytes });
}

async function makeImage(context: Context<Refusal>, bytes: Uint8Array): Promise<Made> {
  requireSize('image', bytes.length);
  const { width, height, color, format, contentType, sizes } = await makePhoto(context, async () => bytes, mediaUpload.types);
  const row = { kind: 'image' as const, format, contentType, size: sizes.large.length, width, height, durationMs: null, codecs: [], color };
  const inOrder = [sizes.small, sizes.medium, sizes.large];
  return { row, bytesOf: (file) => mediaKeys(file).map((key, index) => ({ key, bytes: inOrder[index] ?? sizes.large })) };
}

async function readClip(context: Context<Refusal>, bytes: Uint8Array): Promise<MadeClip> {
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

async function makeRecording(context: Context<Refusal>, bytes: Uint8Array): Promise<Made> {
  const { kind, format, width, height, durationMs, codecs, bytes: kept } = await readClip(context, bytes);
  requireSize(kind, Math.max(bytes.length, kept.length));
  const contentType = `${kind}/${endings[format]}`;
  const row = { kind, format, contentType, size: kept.length, width, height, durationMs, codecs, color: null };
  return { row, bytesOf: (file) => mediaKeys(file).map((key) => ({ key, bytes: kept })) };
}

/** What a device has encrypted is kept as it came: what it is nobody here can tell. */
function takeEncrypted(context: Context<Refusal>, bytes: Uint8Array): Made {
  requireSize('encrypted', bytes.length);
  if (bytes.length === 0) throw context.fail('MEDIA_UNREADABLE');
  const about = { size: bytes.length, width: null, height: null, durationMs: null, codecs: [], color: null };
  const row = { kind: 'encrypted' as const, format: 'bin', contentType: 'application/octet-stream', ...about };
  return { row, bytesOf: (file) => mediaKeys(file).map((key) => ({ key, bytes })) };
}

async function makeFile(context: Context<Refusal>, { file, as }: MediaUpload): Promise<Made> {
  const bytes = await file.bytes();
  if (as === 'encrypted') return takeEncrypted(context, bytes);
  const isImage = imageTypeOf(bytes.subarray(0, headBytes)) !== undefined;
  return isImage ? makeImage(context, bytes) : makeRecording(context, bytes);
}

/** What its app says of how loud it is, never more of it than is shown. */
function waveformOf(kind: MediaKind, text: string | undefined): number[] | null {
  if (kind !== 'audio' || text === undefined) return null;
  const steps = text.split(',').slice(0, maxWaveformSteps);
  return steps.map((step) => Math.min(maxWaveformHeight, Number(step)));
}

/** So many files are read at once: a recording is held in memory twice while it is. */
const inTurn = places(2);

/**
 * Takes a file that is to be sent in messages. What it is, is found out from its bytes; files are made and written outside of any
 * transaction.
 */
export async function uploadMedia(context: Uploading, input: MediaUpload): Promise<Media> {
  const { posterId, waveform } = input;
  const { userId } = context.caller;
  const id = context.newId();
  const { made, kept } = await inTurn(1, async () => {
    const made = await makeFile(context, input);
    const kept = made.bytesOf({ id, kind: made.row.kind, format: made.row.format });
    // Files come before the row, and nothing takes them back if this process dies in between, or nobody sends them: so it is looked at later.
    const later = new Date(context.now.getTime() + unusedMediaHours * hourMs);
    await context.transact(async ({ enqueue }) => enqueue('media.sweep', { id, keys: kept.map(({ key }) => key) }, later));
    await Promise.all(kept.map(({ key, bytes: part }) => context.ports.media.put(key, part, made.row.contentType)));
    return { made, kept };
  });
  const { kind } = made.row;
  try {
    return await context.transact(async (work) => {
      const poster = posterId === undefined ? undefined : await holdPoster(work, kind, posterId);
      const row: MediaRow = {
        id,
        userId,
        ...made.row,
        color: poster?.color ?? made.row.color,
        waveform: waveformOf(kind, waveform),
        posterId: poster?.id ?? null,
        fileId: null,
        createdAt: work.now,
      };
      await work.db.insert(media).values(row);
      return presentMedia(row);
    });
  } catch (error) {
    await context.ports.media.remove(kept.map(({ key }) => key));
    throw error;
  }
}

/** What may stand before a file: an image before a video, what is encrypted before what is. */
const posterKinds: Partial<Record<MediaKind, MediaKind>> = { video: 'image', encrypted: 'encrypted' };

/** A picture of the caller's, which stays until the transaction ends. Of what has none there is none. */
async function holdPoster(context: Context<Refusal>, of: MediaKind, posterId: string): Promise<MediaRow | undefined> {
  const kind = posterKinds[of];
  if (kind === undefined) return undefined;
  const [poster] = await context.db
    .select()
    .from(media)
    .where(and(eq(media.id, posterId), eq(media.userId, context.caller.userId), eq(media.kind, kind), isNull(media.fileId)))
    .for('share');
  if (poster === undefined) throw context.fail('MEDIA_NOT_FOUND');
  return poster;
}
