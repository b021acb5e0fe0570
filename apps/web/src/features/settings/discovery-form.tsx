import { maximumAge, minimumAge } from '@app/api-client';
import { useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { ChipGroup, RangeSlider } from '../../design/choices';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { useGenderPlurals } from '../people/gender';
import { usePreferences } from './use-preferences';

/** The slider ends here; its end means everybody older, too. In years. */
const oldestOnSlider = 80;

/** Whom to see in discovery: genders and ages. Saved as it is changed. */
export function DiscoveryForm() {
  const t = useTexts('settings');
  const { number } = useFormats();
  const genderPlurals = useGenderPlurals();
  const { preferences, error, change } = usePreferences();
  const retry = useRetry('users.preferences');
  const [dragged, setDragged] = useState<[number, number] | null>(null);

  if (!preferences) {
    if (error) return <ErrorState error={error} onRetry={retry} className="py-4" />;
    return (
      <Loading className="grid gap-4">
        <Skeleton className="h-11 w-3/4" />
        <Skeleton className="h-11" />
      </Loading>
    );
  }
  const { genders, ageMin, ageMax } = preferences.discovery;
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
    </div>
  );
}
