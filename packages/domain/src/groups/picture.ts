import type { api, CodesOf, Conversation, UploadedFile } from '@app/contracts';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { writeNote } from '../conversations/note';
import { conversations, type GroupPicture } from '../conversations/table';
import { tellMembers } from '../conversations/tell';
import { sha256 } from '../encoding';
import { photoKey, photoSizeNames } from '../photos/present';
import { abandonedMs, makePhoto } from '../photos/rules';
import type { Context, Work } from '../pipeline/context';
import type { Transacts } from '../pipeline/implement';
import { holdGroup, requireRole } from './rules';
import { asItStands, asSeen } from './view';

type Setting = Context<CodesOf<typeof api.groups.setPicture>>;
type Removing = Context<CodesOf<typeof api.groups.removePicture>>;

/** Has a group whose caller holds it show this picture, or none. The files of the one before go. */
async function show({ db, enqueue }: Work, conversationId: string, picture: GroupPicture | null): Promise<void> {
  const [group] = await db.select({ picture: conversations.picture }).from(conversations).where(eq(conversations.id, conversationId));
  await db.update(conversations).set({ picture }).where(eq(conversations.id, conversationId));
  if (group?.picture) enqueue('photos.sweep', { id: group.picture.id, format: group.picture.format });
}

async function pictureOf({ db }: Work, conversationId: string): Promise<GroupPicture | null> {
  const [group] = await db.select({ picture: conversations.picture }).from(conversations).where(eq(conversations.id, conversationId));
  return group?.picture ?? null;
}

/** Gives a group another picture. It is made and its files are written outside of any transaction, once it is known that the caller may. */
export async function setPicture(
  context: Setting & Transacts<Setting>,
  { conversationId, file }: { readonly conversationId: string; readonly file: UploadedFile },
): Promise<Conversation> {
  await context.transact(async (work) => requireRole(work, await holdGroup(work, conversationId), 'setPicture'));
  const { sizes, width, height, color, format, contentType } = await makePhoto(context, file.bytes);
  const hash = await sha256(sizes.large);
  const id = context.newId();
  // Files come before the row, and nothing takes them back if this process dies in between: so it is looked at later.
  await context.transact(async ({ enqueue, now }) => enqueue('photos.sweep', { id, format }, new Date(now.getTime() + abandonedMs)));
  const { media } = context.ports;
  await Promise.all(photoSizeNames.map((size) => media.put(photoKey({ id, format }, size), sizes[size], contentType)));
  return context.transact(async (work) => {
    const { userId: by } = work.caller;
    requireRole(work, await holdGroup(work, conversationId), 'setPicture');
    if ((await pictureOf(work, conversationId))?.hash === hash) return asSeen(work, conversationId);
    await show(work, conversationId, { id, width, height, color, format, hash, by });
    await writeNote(work, { id: conversationId, kind: 'group' }, by, { type: 'picture_set' });
    return asItStands(work, conversationId);
  });
}

export async function removePicture(context: Removing, conversationId: string): Promise<Conversation> {
  requireRole(context, await holdGroup(context, conversationId), 'setPicture');
  if ((await pictureOf(context, conversationId)) === null) return asSeen(context, conversationId);
  await show(context, conversationId, null);
  await writeNote(context, { id: conversationId, kind: 'group' }, context.caller.userId, { type: 'picture_removed' });
  return asItStands(context, conversationId);
}

/** Takes pictures away from their groups without a word of who did it, at most so many, and tells their members. */
async function drop(work: Work, which: SQL | undefined, limit: number): Promise<number> {
  const found = await work.db
    .select({ id: conversations.id })
    .from(conversations)
    .where(which)
    .orderBy(conversations.id)
    .limit(limit)
    .for('update');
  for (const { id } of found) {
    await show(work, id, null);
    await tellMembers(work, id);
  }
  return found.length;
}

const setBy = (userId: string) => sql`${conversations.picture} ->> 'by' = ${userId}`;

/** Takes away what someone has set, in groups that they have left too: their account is erased. */
export function dropPicturesOf(work: Work, userId: string, limit: number): Promise<number> {
  return drop(work, setBy(userId), limit);
}

/** Which groups show one of these pictures, that someone has set. */
export const showingPictures = (userId: string, pictureIds: readonly string[]): SQL | undefined =>
  and(inArray(sql`${conversations.picture} ->> 'id'`, [...pictureIds]), setBy(userId));

/** Takes down pictures that someone has set and that were reported. */
export async function takePicturesDown(work: Work, userId: string, pictureIds: readonly string[]): Promise<void> {
  if (pictureIds.length > 0) await drop(work, showingPictures(userId, pictureIds), pictureIds.length);
}
