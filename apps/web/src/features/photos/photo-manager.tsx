import type { OwnPhoto } from '@app/api-client';
import { usePhotos } from '@app/api-client/react';
import { GripVertical, ImagePlus, X } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, useId, useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { Badge } from '../../design/badge';
import { IconButton } from '../../design/button';
import { cx } from '../../design/cx';
import { notifyError } from '../../design/notices';
import { Confirm } from '../../design/sheet';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { UploadTile } from './upload-tile';
import { moved, useDraggedOrder } from './use-dragged-order';

const most = 9;
const megabytes = 15;
const kinds = 'image/jpeg,image/png,image/webp,image/avif';
const tile = 'relative aspect-[3/4] overflow-hidden rounded-2xl';
/** It has the lower end of the photo to itself: on a narrow phone its words take two lines. */
const badge = 'min-w-0 shrink! rounded-xl! leading-tight whitespace-normal!';
const grid = 'grid grid-cols-3 gap-2.5 sm:gap-3';
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 };

/** One's own photos: to add by choosing or dropping files, to put in order by hand or by keyboard, to take away. */
export function PhotoManager() {
  const t = useTexts('photos');
  const { photos, uploads, upload, cancel, retry, remove, reorder, isLoading, error } = usePhotos();
  const reload = useRetry('profiles.photos');
  const input = useId();
  const [leaving, setLeaving] = useState<OwnPhoto | null>(null);
  const [isOver, setOver] = useState(false);
  const [said, setSaid] = useState('');

  const ids = photos.map(({ id }) => id);
  const { dragged, begin } = useDraggedOrder(ids, order);
  const shown = (dragged?.ids ?? ids).flatMap((id) => photos.find((photo) => photo.id === id) ?? []);
  const room = Math.max(0, most - photos.length - uploads.length);

  function order(next: readonly string[]) {
    if (next.join() !== ids.join()) void reorder(next).catch(notifyError);
  }

  function onKeyDown(event: KeyboardEvent, id: string) {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(ids.length - 1, ids.indexOf(id) + step));
    order(moved(ids, id, to));
    setSaid(t('moved', { place: to + 1, count: ids.length }));
  }

  function take(files: FileList | null) {
    upload(...[...(files ?? [])].slice(0, room));
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  }

  if (isLoading) {
    return (
      <Loading className={grid}>
        {['a', 'b', 'c'].map((key) => (
          <Skeleton key={key} className="aspect-[3/4] rounded-2xl!" />
        ))}
      </Loading>
    );
  }
  if (error) return <ErrorState error={error} onRetry={reload} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping files here is a shortcut; choosing them works for everyone
    <div
      className={cx('grid gap-3 rounded-2xl', isOver && 'outline-2 outline-offset-4 outline-dashed outline-heart')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <p className="text-sm text-ink-soft">{isOver ? t('drop') : t('hint')}</p>
      <ul className={grid}>
        {shown.map((photo, index) => (
          <li
            key={photo.id}
            data-photo={photo.id}
            className={cx(
              tile,
              'bg-sunken transition-[scale,box-shadow] duration-150',
              dragged?.id === photo.id && 'z-10 scale-95 shadow-float',
            )}
          >
            <img
              src={photo.urls.medium}
              alt={t('photo', { place: index + 1, count: shown.length })}
              draggable={false}
              style={{ backgroundColor: photo.color }}
              className={cx('size-full object-cover', !photo.visible && 'opacity-60')}
            />
            <span className="absolute inset-x-1.5 bottom-1.5 flex">
              {photo.status === 'rejected' ? (
                <Badge tone="bad" className={badge}>
                  {t('rejected')}
                </Badge>
              ) : !photo.visible ? (
                <Badge className={badge}>{t('waiting')}</Badge>
              ) : (
                index === 0 && (
                  <Badge tone="warm" className={badge}>
                    {t('first')}
                  </Badge>
                )
              )}
            </span>
            <IconButton
              label={t('remove', { place: index + 1 })}
              size="sm"
              className="absolute top-1.5 right-1.5 bg-night/55! text-white focus-visible:outline-white hoverable:hover:bg-night/75!"
              onClick={() => setLeaving(photo)}
            >
              <X className="size-4.5" aria-hidden="true" />
            </IconButton>
            {shown.length > 1 && (
              <IconButton
                label={t('move', { place: index + 1 })}
                size="sm"
                className="absolute top-1.5 left-1.5 cursor-grab touch-none bg-night/55! text-white focus-visible:outline-white active:cursor-grabbing hoverable:hover:bg-night/75!"
                onKeyDown={(event) => onKeyDown(event, photo.id)}
                onPointerDown={(event) => begin(event, photo.id)}
              >
                <GripVertical className="size-4.5" aria-hidden="true" />
              </IconButton>
            )}
          </li>
        ))}
        {uploads.map((one) => (
          <li key={one.id} className={cx(tile, 'bg-sunken')}>
            <UploadTile upload={one} onCancel={() => cancel(one.id)} onRetry={() => retry(one.id)} />
          </li>
        ))}
        {room > 0 && (
          <li>
            <input
              id={input}
              type="file"
              multiple
              accept={kinds}
              className="peer sr-only"
              onChange={({ target }) => {
                take(target.files);
                target.value = '';
              }}
            />
            <label
              htmlFor={input}
              className={cx(
                'flex aspect-[3/4] cursor-pointer flex-col items-center justify-center gap-2 rounded-2xl border-2 border-dashed border-line-strong p-2 text-center',
                'text-sm font-semibold text-heart-ink transition-colors hover:bg-heart-soft peer-focus-visible:outline-[2.5px] peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus',
              )}
            >
              <ImagePlus className="size-7" aria-hidden="true" />
              {t('add')}
            </label>
          </li>
        )}
      </ul>
      <p className="text-sm text-ink-soft">{t('room', { count: room, megabytes })}</p>
      {shown.map(
        ({ id, status, reason }, index) =>
          status === 'rejected' && (
            <p key={id} className="text-sm text-danger-ink">
              {t('because', { place: index + 1, reason: reason ?? '' })}
            </p>
          ),
      )}
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
      <Confirm
        open={leaving !== null}
        onOpen={(open) => !open && setLeaving(null)}
        title={t('removeTitle')}
        action={t('removeAction')}
        onConfirm={() => leaving && void remove(leaving.id).catch(notifyError)}
      >
        {t('removeText')}
      </Confirm>
    </div>
  );
}
