import { maximumAge, minimumAge } from '@app/api-client';
import { useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { ChipGroup, RangeSlider } from '../../design/choices';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { genderPlurals } from '../profile/gender';
import { usePreferences } from './use-preferences';

/** The slider ends here; its end means everybody older, too. In years. */
const oldestOnSlider = 80;

/** Whom to see in discovery: genders and ages. Saved as it is changed. */
export function DiscoveryForm() {
  const { preferences, error, change } = usePreferences();
  const retry = useRetry('users.preferences');
  const [dragged, setDragged] = useState<[number, number] | null>(null);

  if (!preferences) {
    if (error) return <ErrorState error={error} onRetry={retry} className="py-4" />;
    return (
      <Loading what="your filters" className="grid gap-4">
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
        <h3 className="text-sm font-semibold font-sans">Show me</h3>
        <ChipGroup
          label="Genders"
          choices={genderPlurals}
          value={genders}
          onValue={(chosen) => change({ discovery: { genders: chosen } })}
        />
      </div>
      <div className="grid gap-1">
        <div className="flex items-baseline justify-between">
          <h3 className="text-sm font-semibold font-sans">Age</h3>
          <p className="font-semibold tabular-nums">
            {low} – {high}
            {high === oldestOnSlider && '+'}
          </p>
        </div>
        <RangeSlider
          labels={['Youngest', 'Oldest']}
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
