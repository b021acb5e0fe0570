import type { PhotoUpload } from '@app/api-client/react';
import { CircleAlert, RotateCw, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../../design/button';
import { useErrorText } from '../../language/error-text';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';

/** An address under which the file can be shown while it is on its way. */
function usePreview(file: unknown): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!(file instanceof Blob)) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}

/** A photo on its way: how far it is, or why it was refused. */
export function UploadTile({ upload, onCancel, onRetry }: { upload: PhotoUpload; onCancel(): void; onRetry(): void }) {
  const t = useTexts('photos');
  const words = useTexts('words');
  const { number } = useFormats();
  const errorText = useErrorText();
  const preview = usePreview(upload.file);
  const { progress, error } = upload;
  const percent = number(progress, { style: 'percent' });
  const dark = 'bg-night/55! text-white focus-visible:outline-white hoverable:hover:bg-night/75!';
  return (
    <>
      {preview && !error && <img src={preview} alt="" className="size-full object-cover opacity-40" />}
      {error ? (
        <div
          role="alert"
          className="absolute inset-0 flex flex-col items-center justify-center gap-1.5 overflow-y-auto p-2 pt-11 text-center"
        >
          <CircleAlert className="size-5 shrink-0 text-danger-ink" aria-hidden="true" />
          <p className="text-xs leading-snug text-danger-ink hyphens-auto wrap-anywhere">{errorText(error).title}</p>
        </div>
      ) : (
        <div className="absolute inset-x-3 bottom-3 grid gap-1.5">
          <p className="text-xs font-semibold">{progress < 1 ? t('sending', { percent }) : t('making')}</p>
          <div
            role="progressbar"
            aria-label={t('sending', { percent })}
            aria-valuenow={Math.round(progress * 100)}
            className="h-1.5 overflow-hidden rounded-full bg-line-strong"
          >
            <div className="h-full rounded-full bg-heart transition-[width] duration-200" style={{ width: `${progress * 100}%` }} />
          </div>
        </div>
      )}
      <IconButton label={t(error ? 'forget' : 'stop')} size="sm" className={`absolute top-1.5 right-1.5 ${dark}`} onClick={onCancel}>
        <X className="size-4.5" aria-hidden="true" />
      </IconButton>
      {error?.isRetryable && (
        <IconButton label={words('tryAgain')} size="sm" className={`absolute top-1.5 left-1.5 ${dark}`} onClick={onRetry}>
          <RotateCw className="size-4.5" aria-hidden="true" />
        </IconButton>
      )}
    </>
  );
}
