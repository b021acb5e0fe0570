import { useProfile } from '@app/api-client/react';
import { useParams, useRouter } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { useTitle } from '../../design/page';
import { ErrorState } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { FriendAction } from '../friends/friend-action';
import { ReportAction } from '../reports/report-action';
import { BlockAction } from './block-action';
import { MatchedActions } from './matched-actions';
import { PersonHero } from './person-hero';
import { heroShape, PersonLayout, PersonSkeleton } from './person-layout';
import { Said } from './said';
import { StrangerActions } from './stranger-actions';

/** Someone else's page. */
export function PersonPage() {
  const t = useTexts('profile');
  const words = useTexts('words');
  const discover = useTexts('discover');
  const { userId } = useParams({ from: '/inside/people/$userId' });
  const { profile, error } = useProfile(userId);
  const retry = useRetry('profiles.profile');
  const { history, navigate } = useRouter();
  useTitle(profile?.displayName ?? t('title'));

  const back = (
    <Button
      variant="ghost"
      size="sm"
      className="mb-2 -ml-3"
      icon={<ChevronLeft className="size-5" />}
      onClick={() => (history.canGoBack() ? history.back() : void navigate({ to: '/matches' }))}
    >
      {words('back')}
    </Button>
  );
  if (!profile) {
    if (!error) return <PersonSkeleton />;
    return (
      <div className="px-4 pt-3 sm:px-8">
        {back}
        <ErrorState error={error} onRetry={retry} />
      </div>
    );
  }
  return (
    <PersonLayout top={back} hero={<PersonHero person={profile} className={heroShape} />}>
      <Said profile={profile} nothing={discover('noBio', { name: profile.displayName })} />
      {profile.matched ? <MatchedActions person={profile} /> : <StrangerActions person={profile} />}
      <FriendAction profile={profile} />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <BlockAction person={profile} />
        <ReportAction person={profile} />
      </div>
    </PersonLayout>
  );
}
