import { mediaUpload } from '@app/api-client';
import { Film, X } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { IconButton } from '../../design/button';
import { notify } from '../../design/notices';
import { useTexts } from '../../language/use-texts';

/** A photo or a video that is to be sent with what is written. */
export interface Attachment {
  readonly id: string;
  readonly file: File;
  /** To show it here. */
  readonly url: string;
}

/** So many go at once. */
const mostAtOnce = 10;

/** What a file dialog offers: what the service takes, but for sound, which is recorded. */
export const attachable: readonly string[] = mediaUpload.types.filter((type) => !type.startsWith('audio/'));

export interface AttachmentDesk {
  attached: readonly Attachment[];
  /** Takes what can be sent of some files, and says of the others that they cannot. */
  attach(files: readonly File[]): void;
  detach(id: string): void;
  /** Answers what is attached, and begins anew. */
  take(): readonly File[];
}

/** Holds what is attached until it is sent. */
export function useAttachments(): AttachmentDesk {
  const t = useTexts('chat');
  const [attached, setAttached] = useState<readonly Attachment[]>([]);
  const [held] = useState(() => new Set<string>());
  const letGo = useCallback(
    (url: string) => {
      URL.revokeObjectURL(url);
      held.delete(url);
    },
    [held],
  );
  useEffect(() => () => [...held].forEach(letGo), [held, letGo]);

  return {
    attached,
    attach(files) {
      const fit = files.filter(({ type }) => attachable.includes(type));
      if (fit.length < files.length) notify({ tone: 'bad', title: t('attach.notThese') });
      const room = Math.max(0, mostAtOnce - attached.length);
      if (fit.length > room) notify({ tone: 'bad', title: t('attach.tooMany', { count: mostAtOnce }) });
      const added = fit.slice(0, room).map((file) => ({ id: crypto.randomUUID(), file, url: URL.createObjectURL(file) }));
      for (const { url } of added) held.add(url);
      setAttached([...attached, ...added]);
    },
    detach(id) {
      for (const one of attached) if (one.id === id) letGo(one.url);
      setAttached(attached.filter((one) => one.id !== id));
    },
    take() {
      for (const { url } of attached) letGo(url);
      setAttached([]);
      return attached.map(({ file }) => file);
    },
  };
}

/** What is attached, above the field; each can be taken away again. */
export function AttachmentTray({ desk: { attached, detach } }: { desk: AttachmentDesk }) {
  const t = useTexts('chat');
  if (attached.length === 0) return null;
  return (
    <ul aria-label={t('attach.label')} className="scroll-quiet mx-auto flex max-w-3xl gap-2 overflow-x-auto px-3 pt-3 pb-1 sm:px-5">
      {attached.map(({ id, file, url }) => (
        <li key={id} className="relative size-20 shrink-0 animate-pop">
          {file.type.startsWith('video/') ? (
            <>
              <video
                src={url}
                muted
                playsInline
                preload="metadata"
                aria-label={file.name}
                className="size-full rounded-2xl bg-ink object-cover"
              />
              <Film className="pointer-events-none absolute bottom-1.5 left-1.5 size-4 text-white drop-shadow" aria-hidden="true" />
            </>
          ) : (
            <img src={url} alt={file.name} className="size-full rounded-2xl border border-line bg-sunken object-cover" />
          )}
          <IconButton
            label={t('attach.remove', { name: file.name })}
            size="sm"
            variant="plain"
            className="absolute -top-2 -right-2 size-7! shadow-card"
            onClick={() => detach(id)}
          >
            <X className="size-4" aria-hidden="true" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
