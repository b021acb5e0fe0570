import type { Place } from '@app/api-client';
import { type Somewhere, usePlaces } from '@app/api-client/react';
import { useState } from 'react';
import { TextField } from '../../design/field';
import { useTexts } from '../../language/use-texts';

/** A field to find a city by its name, and the cities that fit. */
export function PlaceSearch({ label, onPlace }: { label: string; onPlace(where: Somewhere): Promise<boolean> }) {
  const t = useTexts('location');
  const [typed, setTyped] = useState('');
  const { places, session, isLoading } = usePlaces(typed);

  async function choose({ id }: Place) {
    if (await onPlace({ placeId: id, session })) setTyped('');
  }

  return (
    <div className="grid gap-2">
      <TextField label={label} hint={t('searchHint')} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
      <p className="sr-only" aria-live="polite">
        {typed !== '' && !isLoading ? t('found', { count: places.length }) : ''}
      </p>
      {places.length > 0 && (
        <ul className="grid overflow-hidden rounded-2xl border border-line">
          {places.map((place) => (
            <li key={place.id}>
              <button
                type="button"
                className="flex min-h-12 w-full flex-wrap items-baseline gap-x-2 px-4 py-2.5 text-left transition-colors hover:bg-sunken"
                onClick={() => void choose(place)}
              >
                <span className="font-semibold">{place.name}</span>
                {place.area && <span className="text-sm text-ink-soft">{place.area}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
      {typed !== '' && !isLoading && places.length === 0 && (
        <p className="text-sm text-ink-soft" aria-hidden="true">
          {t('found', { count: 0 })}
        </p>
      )}
    </div>
  );
}
