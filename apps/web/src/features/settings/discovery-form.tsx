import { maximumAge, minimumAge } from '@app/api-client';
import { useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { ChipGroup, RangeSlider, ValueSlider } from '../../design/choices';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { useGenderPlurals } from '../people/gender';
import { usePreferences } from './use-preferences';

/** The slider ends here; its end means everybody older, too. In years. */
const oldestOnSlider = 80;
/** In kilometres. The slider ends one step later, which means anywhere. */
const [nearest, farthest, step] = [5, 300, 5];

/** Whom to see in discovery: genders and ages. Saved as it is changed. */
export function DiscoveryForm() {
  const t = useTexts('settings');
  const { number, quantity } = useFormats();
  const genderPlurals = useGenderPlurals();
  const { preferences, error, change } = usePreferences();
  const retry = useRetry('users.preferences');
  const [dragged, setDragged] = useState<[number, number] | null>(null);
  const [draggedKm, setDraggedKm] = useState<number | null>(null);

  if (!preferences) {
    if (error) return <ErrorState error={error} onRetry={retry} className="py-4" />;
    return (
      <Loading className="grid gap-4">
        <Skeleton className="h-11 w-3/4" />
        <Skeleton className="h-11" />
      </Loading>
    );
  }
  const { genders, ageMin, ageMax, maxDistanceKm } = preferences.discovery;
  const km = draggedKm ?? Math.min(maxDistanceKm ?? farthest + step, farthest + step);
  const howFar = km > farthest ? t('discovery.anywhere') : quantity(km, 'kilometer', 'short');
  const [low, high] = dragged ?? [Math.min(ageMin, oldestOnSlider), Math.min(ageMax, oldestOnSlider)];

  return (
    <div className="grid gap-6">
      <div className="grid gap-2.5">
        <h3 className="text-sm font-semibold font-sans">{t('discovery.showMe')}</h3>
        <ChipGroup
          label={t('discovery.genders')}
          choices={genderPlurals}
          value={genders}
          onValue={(chosen) => change({ discovery: { genders: chosen } })}
        />
      </div>
      <div className="grid gap-1">
        <div className="flex items-baseline justify-between">
          <h3 className="text-sm font-semibold font-sans">{t('discovery.age')}</h3>
          <p className="font-semibold tabular-nums">
            {number(low)} – {number(high)}
            {high === oldestOnSlider && '+'}
          </p>
        </div>
        <RangeSlider
          labels={[t('discovery.youngest'), t('discovery.oldest')]}
          min={minimumAge}
          max={oldestOnSlider}
          value={[low, high]}
          onValue={setDragged}
          onCommit={([youngest, oldest]) => {
            setDragged(null);
            change({ discovery: { ageMin: youngest, ageMax: oldest === oldestOnSlider ? maximumAge : oldest } });
          }}
        />
      </div>
      <div className="grid gap-1">
        <div className="flex items-baseline justify-between">
          <h3 className="text-sm font-semibold font-sans">{t('discovery.distance')}</h3>
          <p className="font-semibold tabular-nums">{howFar}</p>
        </div>
        <ValueSlider
          label={t('discovery.distance')}
          text={howFar}
          min={nearest}
          max={farthest + step}
          step={step}
          value={km}
          onValue={setDraggedKm}
          onCommit={(chosen) => {
            setDraggedKm(null);
            change({ discovery: { maxDistanceKm: chosen > farthest ? null : chosen } });
          }}
        />
      </div>
    </div>
  );
}
