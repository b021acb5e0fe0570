import type { MyLocation, Whereabouts } from '@app/api-client';
import { type Somewhere, useLocation } from '@app/api-client/react';
import { Locate } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { useTexts } from '../../language/use-texts';
import { PlaceSearch } from './place-search';

/** Where the device is, as far as the browser tells. */
function devicePosition(): Promise<Somewhere | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => resolve({ latitude, longitude }),
      () => resolve(null),
      { maximumAge: 60_000, timeout: 15_000 },
    );
  });
}

/** A place as it is written: a city, or that there is one. */
export const nameOf = ({ city, latitude, longitude }: Whereabouts) => city ?? `${latitude.toFixed(1)}, ${longitude.toFixed(1)}`;

/** Makes a change of places and says so. Answers whether it was made. */
export async function changed(made: Promise<MyLocation>, said: (now: MyLocation) => string): Promise<boolean> {
  try {
    notify({ tone: 'good', title: said(await made) });
    return true;
  } catch (cause) {
    notifyError(cause);
    return false;
  }
}

/** Where someone is: by the device, or by the name of the city. */
export function HomePlace({ canForget = true }: { canForget?: boolean }) {
  const t = useTexts('location');
  const { location, set, clear, isSaving } = useLocation();
  const [isLocating, setLocating] = useState(false);
  const home = location?.home ?? null;
  const saidIn = (where: Whereabouts | null) => (where?.city ? t('saved', { city: where.city }) : t('savedSomewhere'));

  async function locate() {
    setLocating(true);
    const where = await devicePosition();
    if (where) await changed(set(where), (now) => saidIn(now.home));
    else notify({ title: t('deviceRefused') });
    setLocating(false);
  }

  return (
    <div className="grid gap-4 pt-1 pb-2">
      <p className="text-lg font-semibold">{home ? nameOf(home) : t('homeNone')}</p>
      <p className="text-sm text-ink-soft">{t('privacy')}</p>
      <Button variant="soft" pending={isLocating} icon={<Locate className="size-5" />} onClick={() => void locate()}>
        {t('device')}
      </Button>
      <PlaceSearch label={t('search')} onPlace={(where) => changed(set(where), (now) => saidIn(now.home))} />
      {home && canForget && (
        <Button variant="plain-danger" disabled={isSaving} onClick={() => void changed(clear(), () => t('forgotten'))}>
          {t('forget')}
        </Button>
      )}
    </div>
  );
}
