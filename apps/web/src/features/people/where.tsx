import type { Profile } from '@app/api-client';
import { MapPin } from 'lucide-react';
import { cx } from '../../design/cx';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';

/** Someone's city, and about how far away it is, as far as they are known. */
export function Where({ person, className }: { person: Pick<Profile, 'city'> & Partial<Pick<Profile, 'distanceKm'>>; className?: string }) {
  const t = useTexts('location');
  const { quantity } = useFormats();
  const { city, distanceKm } = person;
  const away = distanceKm == null ? null : t('away', { distance: quantity(distanceKm, 'kilometer', 'short') });
  if (!city && !away) return null;
  return (
    <p className={cx('flex items-center gap-1.5 font-medium', className)}>
      <MapPin className="size-4 shrink-0" aria-hidden="true" />
      <span className="truncate">{[city, away].filter(Boolean).join(' · ')}</span>
    </p>
  );
}
