import type { FileToSend } from '@app/api-client';
import { type ChatMessage, useMediaFile } from '@app/api-client/react';
import { ImageOff, LoaderCircle, LockKeyhole, Play, ShieldAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Sheet } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';
import { UploadRing } from './upload-ring';
import { VoicePlayer } from './voice-player';

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
export function MediaView({ message, onCancel }: { message: ChatMessage; onCancel(): void }) {
  const t = useTexts('chat');
  const { media, upload, delivery } = message;
  const [isOpen, setIsOpen] = useState(false);
  // What is encrypted is loaded whole: not before somebody wants to see it, where there is a picture of it.
  const found = useMediaFile(message, { isWanted: isOpen || media?.hasPicture === false });
  const file = useLocalAddress(upload?.file);
  const poster = useLocalAddress(upload?.poster);
  if (media === null) return null;
  const { state } = found;
  if (media.kind === 'encrypted' || state === 'gone' || state === 'closed' || state === 'damaged') {
    const why = state === 'gone' || state === 'damaged' ? state : 'closed';
    const Icon = { gone: ImageOff, closed: LockKeyhole, damaged: ShieldAlert }[why];
    return (
      <span className="flex items-center gap-1.5 italic" role={why === 'damaged' ? 'alert' : undefined}>
        <Icon className="size-4 shrink-0" aria-hidden="true" /> {t(`media.${why}`)}
      </span>
    );
  }
  const url = file ?? found.url;
  const picture = poster ?? found.picture?.medium;
  const isOpening = message.kind === 'encrypted' && isOpen && url === undefined;
  const label = t(`media.${media.kind}`);
  const { width, height, color } = media;
  const shape = {
    aspectRatio: width && height ? `${width} / ${height}` : '4 / 3',
    width: width && height ? Math.min(280, width, (360 * width) / height) : 240,
    ...(color && { backgroundColor: color }),
  };
  return (
    // As wide as its bubble is with less beside it: held to all of the bubble's own width it would stand at its left.
    <span className="relative -mx-2 block first:-mt-0.5 not-last:mb-1.5 last:-mb-0.5">
      {media.kind === 'audio' ? (
        <VoicePlayer url={url} waveform={media.waveform} durationMs={media.durationMs} className="w-68 max-w-full px-2 pt-1" />
      ) : media.kind === 'video' && picture && !url ? (
        <button
          type="button"
          onClick={() => setIsOpen(true)}
          aria-label={t(isOpening ? 'media.opening' : 'media.play')}
          aria-busy={isOpening}
          className="relative mx-auto block max-w-full overflow-hidden rounded-2xl bg-ink"
          style={shape}
        >
          <img src={picture} alt={label} className="size-full object-cover" />
          <span className="absolute inset-0 m-auto grid size-14 place-items-center rounded-full bg-night/60 text-white">
            {isOpening ? (
              <LoaderCircle className="size-6 animate-spin" aria-hidden="true" />
            ) : (
              <Play className="size-6 translate-x-0.5 fill-current" aria-hidden="true" />
            )}
          </span>
        </button>
      ) : media.kind === 'video' ? (
        // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said
        <video
          controls
          playsInline
          preload={media.hasPicture ? 'none' : 'metadata'}
          src={url}
          autoPlay={isOpen}
          poster={picture}
          aria-label={label}
          className="mx-auto block max-w-full rounded-2xl bg-ink"
          style={shape}
        />
      ) : (
        <button type="button" onClick={() => setIsOpen(true)} aria-label={t('media.open')} className="mx-auto block max-w-full rounded-2xl">
          <span className="block max-w-full overflow-hidden rounded-2xl bg-sunken" style={shape}>
            {(file ?? picture ?? url) && <img src={file ?? picture ?? url} alt={label} className="size-full object-cover" />}
          </span>
        </button>
      )}
      {upload && (delivery === 'sending' || delivery === 'queued') && (
        <span className={media.kind === 'audio' ? 'mt-1 flex justify-end px-2' : 'absolute inset-0 grid place-items-center'}>
          <UploadRing progress={upload.progress ?? 0} onCancel={onCancel} />
        </span>
      )}
      {media.kind === 'image' && (
        <Sheet open={isOpen} onOpen={setIsOpen} title={label}>
          {(url ?? picture) && (
            <img src={url ?? picture} alt={label} className="mx-auto max-h-[80dvh] max-w-full rounded-2xl object-contain" />
          )}
          {isOpening && <p role="status">{t('media.opening')} …</p>}
        </Sheet>
      )}
    </span>
  );
}
