import type { MyLocation, Whereabouts } from '@app/api-client';
import { type Somewhere, useLocation } from '@app/api-client/react';
import { Locate } from 'lucide-react';
import { useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
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
const nameOf = ({ city, latitude, longitude }: Whereabouts) => city ?? `${latitude.toFixed(1)}, ${longitude.toFixed(1)}`;

/** Where someone is, and where they look around instead. */
export function LocationPage() {
  const t = useTexts('location');
  const settings = useTexts('settings');
  const { location, set, clear, setPassport, clearPassport, isLoading, isSaving, error } = useLocation();
  const retry = useRetry('location.mine');
  const [isLocating, setLocating] = useState(false);

  /** Makes a change and says so. Answers whether it was made. */
  async function change(made: Promise<MyLocation>, said: (now: MyLocation) => string): Promise<boolean> {
    try {
      notify({ tone: 'good', title: said(await made) });
      return true;
    } catch (cause) {
      notifyError(cause);
      return false;
    }
  }
  const saidIn = (where: Whereabouts | null) => (where?.city ? t('saved', { city: where.city }) : t('savedSomewhere'));

  async function locate() {
    setLocating(true);
    const where = await devicePosition();
    if (where) await change(set(where), ({ home }) => saidIn(home));
    else notify({ title: t('deviceRefused') });
    setLocating(false);
  }

  return (
    <Page title={t('title')} back={<BackLink to="/settings" label={settings('backToSettings')} />}>
      {location ? (
        <div className="grid gap-5">
          <Card title={t('home')}>
            <div className="grid gap-4 pt-1 pb-2">
              <p className="text-lg font-semibold">{location.home ? nameOf(location.home) : t('homeNone')}</p>
              <p className="text-sm text-ink-soft">{t('privacy')}</p>
              <Button variant="soft" pending={isLocating} icon={<Locate className="size-5" />} onClick={() => void locate()}>
                {t('device')}
              </Button>
              <PlaceSearch label={t('search')} onPlace={(where) => change(set(where), ({ home }) => saidIn(home))} />
              {location.home && (
                <Button variant="plain-danger" disabled={isSaving} onClick={() => void change(clear(), () => t('forgotten'))}>
                  {t('forget')}
                </Button>
              )}
            </div>
          </Card>
          <Card title={t('passport')}>
            <div className="grid gap-4 pt-1 pb-2">
              <p className={location.passport ? 'text-lg font-semibold' : 'text-ink-soft'}>
                {location.passport ? t('passportIn', { city: nameOf(location.passport) }) : t('passportText')}
              </p>
              {location.passport && (
                <Button variant="soft" disabled={isSaving} onClick={() => void change(clearPassport(), () => t('passportEnded'))}>
                  {t('passportEnd')}
                </Button>
              )}
              <PlaceSearch
                label={t('passportSearch')}
                onPlace={(where) =>
                  change(setPassport(where), ({ passport }) => (passport ? t('passportIn', { city: nameOf(passport) }) : ''))
                }
              />
            </div>
          </Card>
        </div>
      ) : error && !isLoading ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <Loading className="grid gap-5">
          <Skeleton className="h-72 rounded-3xl!" />
          <Skeleton className="h-48 rounded-3xl!" />
        </Loading>
      )}
    </Page>
  );
}
