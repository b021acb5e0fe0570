import type { AdminPhoto, api } from '@app/contracts';
import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import * as z from 'zod';
import { audit } from '../audit/audit';
import { wellFormed } from '../encoding';
import { notify } from '../notifications/notify';
import { presentPhoto } from '../photos/present';
import { lockPhotos, type PhotoRow, showPhotos } from '../photos/rules';
import { photos } from '../photos/table';
import type { Context, Work } from '../pipeline/context';
import { cursors, MomentKey, pageOf } from '../pipeline/cursor';
import type { Handlers } from '../pipeline/implement';
import { users } from '../users/table';
import { faultOf } from './acts';
import { namesOf } from './present';

const photoCursors = cursors('admin.photos', z.tuple([MomentKey, z.uuid()]));

async function present(work: Work, rows: readonly PhotoRow[]): Promise<AdminPhoto[]> {
  const names = await namesOf(
    work.db,
    rows.flatMap(({ userId, reviewedBy }) => [userId, reviewedBy]),
  );
  return rows.map((row) => ({
    photo: presentPhoto(row, work),
    user: names(row.userId) ?? { id: row.userId, displayName: null },
    status: row.status,
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    reviewedBy: names(row.reviewedBy),
  }));
}

/** The photo, and all of its owner's, held until the transaction ends. */
async function held(context: Context<'PHOTO_NOT_FOUND' | 'CANNOT_TARGET_SELF'>, photoId: string) {
  const [found] = await context.db.select({ userId: photos.userId }).from(photos).where(eq(photos.id, photoId));
  if (found === undefined) throw context.fail('PHOTO_NOT_FOUND');
  if (found.userId === context.caller.userId) throw context.fail('CANNOT_TARGET_SELF');
  const all = await lockPhotos(context, found.userId);
  const photo = all.find(({ id }) => id === photoId);
  if (photo === undefined) throw context.fail('PHOTO_NOT_FOUND');
  return { photo, all };
}

export const adminPhotoHandlers: Pick<Handlers<typeof api.admin>, 'photos' | 'reviewPhoto'> = {
  async photos(context, { cursor, limit, status }) {
    const { db, caller } = context;
    const after = photoCursors.decode(context, cursor);
    const isQueue = status === 'pending';
    const past = sql.raw(isQueue ? '>' : '<');
    const direction = isQueue ? asc : desc;
    const found = await db
      .select({ photo: photos })
      .from(photos)
      .innerJoin(users, eq(users.id, photos.userId))
      .where(
        and(
          eq(photos.status, status),
          ne(photos.userId, caller.userId),
          ne(users.status, 'deleted'),
          after === undefined ? undefined : sql`(${photos.createdAt}, ${photos.id}) ${past} (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(direction(photos.createdAt), direction(photos.id))
      .limit(limit + 1);
    const { rows, nextCursor } = pageOf(
      found.map(({ photo }) => photo),
      limit,
      photoCursors,
      (row) => [row.createdAt.toISOString(), row.id],
    );
    return { items: await present(context, rows), nextCursor };
  },

  async reviewPhoto(context, { photoId, decision, reason: given, seen }) {
    if (decision === 'rejected' && given === undefined) throw faultOf('reason', 'Say why it is not shown');
    if (decision !== 'rejected' && given !== undefined) throw faultOf('reason', 'Only what is rejected has a reason');
    const reason = given === undefined ? null : wellFormed(given);
    const { photo, all } = await held(context, photoId);
    if (photo.status === decision) return presentOne(context, photo);
    if (seen !== undefined && photo.status !== seen) {
      const { status, reviewedBy, reviewedAt } = photo;
      throw context.fail('PHOTO_REVIEWED', { status, reviewedBy, reviewedAt: reviewedAt?.toISOString() ?? null });
    }
    return presentOne(context, await decide(context, all, photo, decision, reason));
  },
};

/** Has a photo shown, or not: its owner is told, and it is written down. The caller holds all of the owner's photos. */
async function decide(
  context: Context,
  all: readonly PhotoRow[],
  photo: PhotoRow,
  decision: 'approved' | 'rejected',
  reason: string | null,
  reportId?: string,
): Promise<PhotoRow> {
  const { db, caller, now } = context;
  const { id: photoId, userId } = photo;
  const reviewed = { status: decision, reason, reviewedBy: caller.userId, reviewedAt: now };
  await db.update(photos).set(reviewed).where(eq(photos.id, photoId));
  const row = { ...photo, ...reviewed };
  await showPhotos(
    context,
    userId,
    all.map((one) => (one.id === photoId ? row : one)),
  );
  const action = decision === 'rejected' ? 'photo.rejected' : 'photo.approved';
  const details = { userId, reason, ...(reportId === undefined ? {} : { reportId }) };
  await audit(context, { actorId: caller.userId, action, subjectType: 'photo', subjectId: photoId, details });
  if (decision === 'rejected') {
    await notify(context, { userId, kind: 'photo_rejected', data: { photoId, reason } });
    // Whoever has seen it knows where its files are.
    context.enqueue('photos.hide', { id: photoId, to: context.newId() });
  }
  return row;
}

/** Takes those of someone's photos from their profile that are named and stand there still, as a report led to it. */
export async function takePhotosDown(context: Context, userId: string, ids: readonly string[], reason: string | null, reportId: string) {
  if (ids.length === 0) return;
  let all: readonly PhotoRow[] = await lockPhotos(context, userId);
  for (const photo of all.filter(({ id, status }) => ids.includes(id) && status !== 'rejected')) {
    const row = await decide(context, all, photo, 'rejected', reason, reportId);
    all = all.map((one) => (one.id === row.id ? row : one));
  }
}

async function presentOne(work: Work, row: PhotoRow): Promise<AdminPhoto> {
  const [presented] = await present(work, [row]);
  if (presented === undefined) throw new Error(`The photo ${row.id} was not presented.`);
  return presented;
}
