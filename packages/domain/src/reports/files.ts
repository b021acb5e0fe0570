import type { EvidenceFile } from '@app/contracts';
import { linksTo, type MediaFile } from '../media/present';
import { linksEnd } from '../media/signed-links';
import type { Work } from '../pipeline/context';
import type { KeptFile } from './table';

/** The copies that a report keeps of a file: of itself, then of the picture before it. */
export function copiesOf({ media: { id, kind }, format, fileId, poster }: KeptFile): (MediaFile & { readonly fileId: string })[] {
  const own = { id, kind, format, fileId };
  return poster === null ? [own] : [own, { ...poster, kind: 'image' }];
}

/** A file as moderators see it: led to the copy by links that hold for a while. */
export async function presentFile(kept: KeptFile, ready: boolean, { ports, now }: Pick<Work, 'ports' | 'now'>): Promise<EvidenceFile> {
  const [copy, poster] = copiesOf(kept);
  const { media, unreadable = false } = kept;
  if (!ready || unreadable || copy === undefined) return { media, link: null, unreadable };
  const picture = media.kind === 'image' ? copy : poster;
  return { media, link: await linksTo(ports.media, copy, picture, linksEnd(now)), unreadable };
}
