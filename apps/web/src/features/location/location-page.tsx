import { useLocation } from '@app/api-client/react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { BackLink, Card, Page } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { changed, HomePlace, nameOf } from './home-place';
import { PlaceSearch } from './place-search';

/** Where someone is, and where they look around instead. */
export function LocationPage() {
  const t = useTexts('location');
  const settings = useTexts('settings');
  const { location, setPassport, clearPassport, isLoading, isSaving, error } = useLocation();
  const retry = useRetry('location.mine');

  return (
    <Page title={t('title')} back={<BackLink to="/settings" label={settings('backToSettings')} />}>
      {location ? (
        <div className="grid gap-5">
          <Card title={t('home')}>
            <HomePlace />
          </Card>
          <Card title={t('passport')}>
            <div className="grid gap-4 pt-1 pb-2">
              <p className={location.passport ? 'text-lg font-semibold' : 'text-ink-soft'}>
                {location.passport ? t('passportIn', { city: nameOf(location.passport) }) : t('passportText')}
              </p>
              {location.passport && (
                <Button variant="soft" disabled={isSaving} onClick={() => void changed(clearPassport(), () => t('passportEnded'))}>
                  {t('passportEnd')}
                </Button>
              )}
              <PlaceSearch
                label={t('passportSearch')}
                onPlace={(where) =>
                  changed(setPassport(where), ({ passport }) => (passport ? t('passportIn', { city: nameOf(passport) }) : ''))
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
