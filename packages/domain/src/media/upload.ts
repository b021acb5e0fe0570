import {
  type ErrorCode,
  type Media,
  type MediaKind,
  maxWaveformHeight,
  maxWaveformSteps,
  type UploadedFile,
  unusedMediaHours,
} from '@app/contracts';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../pipeline/context';
import type { Transacts } from '../pipeline/implement';
import { inTurn, type MakingRefusal, makeOpenFile, takeEncrypted } from './make';
import { type MediaRow, presentMedia } from './present';
import { media } from './table';

type Refusal = MakingRefusal | Extract<ErrorCode, 'MEDIA_NOT_FOUND'>;
type Uploading = Context<Refusal> & Transacts<Context<Refusal>>;

export interface MediaUpload {
  readonly file: UploadedFile;
  readonly as?: 'encrypted' | undefined;
  readonly posterId?: string | undefined;
  readonly waveform?: string | undefined;
}

const hourMs = 60 * 60 * 1000;

/** What its app says of how loud it is, never more of it than is shown. */
function waveformOf(kind: MediaKind, text: string | undefined): number[] | null {
  if (kind !== 'audio' || text === undefined) return null;
  const steps = text.split(',').slice(0, maxWaveformSteps);
  return steps.map((step) => Math.min(maxWaveformHeight, Number(step)));
}

/**
 * Takes a file that is to be sent in messages. What it is, is found out from its bytes; files are made and written outside of any
 * transaction.
 */
export async function uploadMedia(context: Uploading, input: MediaUpload): Promise<Media> {
  const { posterId, waveform } = input;
  const { userId } = context.caller;
  const id = context.newId();
  const { made, kept } = await inTurn(1, async () => {
    const bytes = await input.file.bytes();
    const made = input.as === 'encrypted' ? takeEncrypted(context, bytes) : await makeOpenFile(context, bytes);
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
