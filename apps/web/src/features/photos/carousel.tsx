import type { Photo } from '@app/api-client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { IconButton } from '../../design/button';
import { cx } from '../../design/cx';
import { Portrait, type Portrayed } from '../../design/portrait/portrait';
import { useTexts } from '../../language/use-texts';

/** A bar for each photo, the one that is shown bright. */
export function PhotoBars({ count, at, className }: { count: number; at: number; className?: string }) {
  if (count < 2) return null;
  return (
    <div aria-hidden="true" className={cx('pointer-events-none absolute inset-x-4 top-3 flex gap-1.5', className)}>
      {Array.from({ length: count }, (_, index) => (
        <span
          key={`bar-${index + 1}`}
          className={cx('h-1 grow rounded-full shadow-card transition-colors', index === at ? 'bg-white' : 'bg-white/45')}
        />
      ))}
    </div>
  );
}

/** Which photo of several is shown, and how to step. It begins anew for somebody else. */
export function useSteps(personId: string, photos: readonly Photo[]) {
  const [place, setPlace] = useState({ personId, at: 0 });
  const at = place.personId === personId ? Math.min(place.at, Math.max(0, photos.length - 1)) : 0;
  const step = (by: number) => setPlace({ personId, at: Math.max(0, Math.min(photos.length - 1, at + by)) });
  return { at, photo: photos[at] ?? null, step };
}

interface CarouselProps {
  person: Portrayed;
  photos: readonly Photo[];
  className?: string;
}

const side =
  'absolute top-[42%] -translate-y-1/2 bg-night/45! text-white focus-visible:outline-white hoverable:hover:bg-night/65! disabled:invisible';

/** Someone's photos, one at a time, filling its box; by the buttons, or by the arrow keys on them. */
export function Carousel({ person, photos, className }: CarouselProps) {
  const t = useTexts('photos');
  const { at, photo, step } = useSteps(person.id, photos);
  const count = photos.length;

  function onKeyDown(event: KeyboardEvent) {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    step(by);
  }

  return (
    <section aria-label={t('title')} className={cx('absolute inset-0', className)}>
      <Portrait person={{ ...person, photo: photo ?? person.photo ?? null }} />
      <PhotoBars count={count} at={at} />
      {count > 1 && (
        <>
          <IconButton
            label={t('previous')}
            className={cx(side, 'left-3')}
            disabled={at === 0}
            onClick={() => step(-1)}
            onKeyDown={onKeyDown}
          >
            <ChevronLeft className="size-6" aria-hidden="true" />
          </IconButton>
          <IconButton
            label={t('next')}
            className={cx(side, 'right-3')}
            disabled={at === count - 1}
            onClick={() => step(1)}
            onKeyDown={onKeyDown}
          >
            <ChevronRight className="size-6" aria-hidden="true" />
          </IconButton>
          <p className="sr-only" aria-live="polite">
            {t('shown', { place: at + 1, count })}
          </p>
        </>
      )}
    </section>
  );
}
