import type { EndpointOutput } from '@app/api-client';
import { useTexts } from '../../language/use-texts';

type File = NonNullable<EndpointOutput<'admin.report'>['messages'][number]['media']>;

/** The copy of what was sent in a message that is reported, to be seen or heard where it stands. */
export function EvidenceFile({ file: { media, link, unreadable } }: { file: File }) {
  const t = useTexts('admin');
  // What it is nobody knows before it is opened.
  if (media.kind === 'encrypted') {
    return <p className="text-sm text-ink-soft">{t(unreadable ? 'reports.fileUnreadable' : 'reports.fileOpening')}</p>;
  }
  const label = t(`reports.files.${media.kind}`);
  if (link === null) return <p className="text-sm text-ink-soft">{t('reports.fileComing')}</p>;
  const { url, picture } = link;
  if (media.kind === 'audio') {
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said
    return <audio controls preload="none" src={url} aria-label={label} className="my-1 w-64 max-w-full" />;
  }
  const shape = {
    aspectRatio: media.width && media.height ? `${media.width} / ${media.height}` : '4 / 3',
    ...(media.color && { backgroundColor: media.color }),
  };
  const look = 'my-1 block max-h-80 max-w-full rounded-xl object-contain';
  if (media.kind === 'video') {
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said
      <video controls playsInline preload="none" src={url} poster={picture?.medium} aria-label={label} className={look} style={shape} />
    );
  }
  return <img src={picture?.large ?? url} alt={label} className={look} style={shape} />;
}
