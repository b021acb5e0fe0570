import { useUser } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { Pencil, Settings, UsersRound } from 'lucide-react';
import { useRetry } from '../../app/use-retry';
import { buttonClass } from '../../design/button';
import { useTitle } from '../../design/page';
import { ErrorState } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { StatisticsCard } from '../account/statistics-card';
import { CompletenessCard } from './completeness-card';
import { PersonHero } from './person-hero';
import { heroShape, PersonLayout, PersonSkeleton } from './person-layout';
import { Said } from './said';

/** One's own page, as others see it. */
export function ProfilePage() {
  const t = useTexts('profile');
  const friends = useTexts('friends');
  useTitle(t('title'));
  const { profile, error } = useUser();
  const retry = useRetry('users.me', 'profiles.profile');
  if (!profile) return error ? <ErrorState error={error} onRetry={retry} /> : <PersonSkeleton />;
  return (
    <PersonLayout
      hero={
        <PersonHero
          person={profile}
          className={heroShape}
          corner={
            <Link
              to="/settings"
              aria-label={t('settings')}
              className="grid size-11 place-items-center rounded-full bg-night/45 text-white transition-colors hover:bg-night/65 focus-visible:outline-white lg:hidden"
            >
              <Settings className="size-5.5" aria-hidden="true" />
            </Link>
          }
        />
      }
    >
      <Said profile={profile} nothing={t('nothingYet')} />
      <div className="flex flex-wrap gap-2.5">
        <Link to="/profile/edit" className={buttonClass('primary', 'md')}>
          <Pencil className="size-4" aria-hidden="true" />
          {t('edit')}
        </Link>
        <Link to="/friends" className={buttonClass('plain', 'md')}>
          <UsersRound className="size-4" aria-hidden="true" />
          {friends('title')}
        </Link>
      </div>
      <p className="text-sm text-ink-soft">{t('asOthersSee')}</p>
      {profile.completeness && <CompletenessCard completeness={profile.completeness} />}
      <StatisticsCard />
    </PersonLayout>
  );
}
