import type { MediaLink } from '@app/contracts';
import { and, inArray, isNotNull } from 'drizzle-orm';
import { readableBy, requireConversation } from '../conversations/rules';
import { findMedia, linksTo } from '../media/present';
import { linksEnd } from '../media/signed-links';
import type { Context } from '../pipeline/context';
import { notHiddenFrom } from './hidden';
import { messages } from './table';

interface Asked {
  readonly conversationId: string;
  readonly messageIds: readonly string[];
}

/** Links to the files of messages that the caller can read. Who cannot any more gets none. */
export async function listMediaLinks(context: Context<'CONVERSATION_NOT_FOUND'>, { conversationId, messageIds }: Asked) {
  const { db, caller, now, ports } = context;
  const { own } = await requireConversation(context, conversationId);
  if (messageIds.length === 0) return { items: [] };
  const found = await db
    .select({ id: messages.id, mediaId: messages.mediaId })
    .from(messages)
    .where(and(readableBy(own), inArray(messages.id, [...messageIds]), isNotNull(messages.mediaId), notHiddenFrom(caller.userId)));
  const files = await findMedia(
    db,
    found.flatMap(({ mediaId }) => mediaId ?? []),
  );
  const posters = await findMedia(
    db,
    [...files.values()].flatMap(({ posterId }) => posterId ?? []),
  );
  const links = found.map(async ({ id, mediaId }): Promise<MediaLink[]> => {
    const file = mediaId === null ? undefined : files.get(mediaId);
    if (file === undefined) return [];
    const picture = file.kind === 'image' ? file : file.posterId === null ? undefined : posters.get(file.posterId);
    return [{ messageId: id, mediaId: file.id, ...(await linksTo(ports.media, file, picture, linksEnd(now))) }];
  });
  return { items: (await Promise.all(links)).flat() };
}
