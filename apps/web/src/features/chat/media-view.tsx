import type { FileToSend } from '@app/api-client';
import { type ChatMessage, useMediaLink } from '@app/api-client/react';
import { ImageOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Sheet } from '../../design/sheet';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';

/** The address of a file that is on this device, for as long as it is shown. */
function useLocalAddress(file: FileToSend | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!(file instanceof Blob)) return undefined;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(undefined);
    };
  }, [file]);
  return address;
}

/** What was sent beside words, or is on its way: to be seen and heard in its bubble. */
export function MediaView({ message }: { message: ChatMessage }) {
  const t = useTexts('chat');
  const { number } = useFormats();
  const { media, upload, delivery } = message;
  const link = useMediaLink(message);
  const file = useLocalAddress(upload?.file);
  const poster = useLocalAddress(upload?.poster);
  const [isOpen, setIsOpen] = useState(false);
  if (media === null) return null;
  if (link === null) {
    return (
      <span className="flex items-center gap-1.5 italic">
        <ImageOff className="size-4 shrink-0" aria-hidden="true" /> {t('media.gone')}
      </span>
    );
  }
  const url = file ?? link?.url;
  const label = t(`media.${media.kind}`);
  const { width, height, color } = media;
  const shape = {
    aspectRatio: width && height ? `${width} / ${height}` : '4 / 3',
    width: width && height ? Math.min(280, width, (360 * width) / height) : 240,
    ...(color && { backgroundColor: color }),
  };
  return (
    <span className="relative -mx-2 block max-w-full first:-mt-0.5 last:-mb-0.5">
      {media.kind === 'audio' ? (
        // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said
        <audio controls preload="metadata" src={url} aria-label={label} className="w-64 max-w-full" />
      ) : media.kind === 'video' ? (
        // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said
        <video
          controls
          playsInline
          preload={media.hasPicture ? 'none' : 'metadata'}
          src={url}
          poster={poster ?? link?.picture?.medium}
          aria-label={label}
          className="mx-auto block max-w-full rounded-2xl bg-ink"
          style={shape}
        />
      ) : (
        <button type="button" onClick={() => setIsOpen(true)} aria-label={t('media.open')} className="mx-auto block max-w-full rounded-2xl">
          <span className="block max-w-full overflow-hidden rounded-2xl bg-sunken" style={shape}>
            {url && <img src={file ?? link?.picture?.medium ?? url} alt={label} className="size-full object-cover" />}
          </span>
        </button>
      )}
      {upload && (delivery === 'sending' || delivery === 'queued') && (
        <span className="mt-1 flex items-center gap-2 px-2 text-xs">
          <progress max={1} value={upload.progress ?? 0} aria-label={t('media.uploading')} className="h-1.5 grow accent-heart" />
          {number(upload.progress ?? 0, { style: 'percent' })}
        </span>
      )}
      {media.kind === 'image' && (
        <Sheet open={isOpen} onOpen={setIsOpen} title={label}>
          {url && <img src={url} alt={label} className="mx-auto max-h-[80dvh] max-w-full rounded-2xl object-contain" />}
        </Sheet>
      )}
    </span>
  );
}
