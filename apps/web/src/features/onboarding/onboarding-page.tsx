import type { Profile, ProfileDetails } from '@app/api-client';
import { useUser } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { cx } from '../../design/cx';
import { TextArea } from '../../design/field';
import { Wordmark } from '../../design/heartline';
import { notifyError } from '../../design/notices';
import { useTitle } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { HomePlace } from '../location/home-place';
import { PhotoManager } from '../photos/photo-manager';
import { ChoiceField } from '../profile/details-fields';
import { InterestsField } from '../profile/interests-field';

const steps = ['photos', 'place', 'about'] as const;

/** What comes after an account was made: photos, where one is, and a few words. Each can be left for later. */
export function OnboardingPage() {
  const t = useTexts('onboarding');
  useTitle(t('title'));
  const { profile, error } = useUser();
  const retry = useRetry('users.me', 'profiles.profile');
  const navigate = useNavigate();
  const [at, setAt] = useState(0);
  const step = steps[at] ?? 'photos';
  const heading = useRef<HTMLHeadingElement>(null);
  // Each step begins at its heading.
  useEffect(() => {
    heading.current?.focus();
    if (at > 0) window.scrollTo(0, 0);
  }, [at]);

  function go() {
    if (at === steps.length - 1) void navigate({ to: '/discover' });
    else setAt(at + 1);
  }

  return (
    <main className="safe-top safe-bottom mx-auto flex min-h-dvh w-full max-w-xl flex-col px-5 sm:px-8">
      <header className="flex h-16 items-center justify-between gap-4 lg:h-24">
        <Wordmark />
        <p className="text-sm font-semibold text-ink-soft">{t('step', { step: at + 1, count: steps.length })}</p>
      </header>
      <div aria-hidden="true" className="mb-7 flex gap-2">
        {steps.map((name, index) => (
          <span key={name} className={cx('h-1.5 grow rounded-full transition-colors', index <= at ? 'bg-heart' : 'bg-line')} />
        ))}
      </div>
      <h1 ref={heading} tabIndex={-1} className="text-3xl font-extrabold outline-none lg:text-4xl">
        {t(`${step}.title`)}
      </h1>
      <p className="mt-1.5 mb-6 text-ink-soft">{t(`${step}.text`)}</p>
      {!profile ? (
        error ? (
          <ErrorState error={error} onRetry={retry} />
        ) : (
          <Loading>
            <Skeleton className="h-72 rounded-3xl!" />
          </Loading>
        )
      ) : step === 'about' ? (
        <AboutStep profile={profile} onBack={() => setAt(at - 1)} onDone={go} />
      ) : (
        <>
          {step === 'photos' ? <PhotoManager /> : <HomePlace canForget={false} />}
          <Ways onBack={at === 0 ? undefined : () => setAt(at - 1)}>
            <Button size="lg" className="grow sm:grow-0" onClick={go}>
              {t('go')}
            </Button>
          </Ways>
        </>
      )}
    </main>
  );
}

/** The way on, and the way back. */
function Ways({ onBack, children }: { onBack: (() => void) | undefined; children: ReactNode }) {
  const t = useTexts('onboarding');
  return (
    <div className="mt-auto flex flex-row-reverse flex-wrap gap-3 pt-8 pb-8">
      {children}
      {onBack && (
        <Button variant="ghost" size="lg" onClick={onBack}>
          {t('back')}
        </Button>
      )}
    </div>
  );
}

function AboutStep({ profile, onBack, onDone }: { profile: Profile; onBack(): void; onDone(): void }) {
  const t = useTexts('onboarding');
  const words = useTexts('profile');
  const { updateProfile, isSaving } = useUser();
  const [bio, setBio] = useState(profile.bio);
  const [interests, setInterests] = useState<readonly string[]>(profile.interests);
  const [details, setDetails] = useState<ProfileDetails>(profile.details);

  async function finish() {
    try {
      await updateProfile({ bio, interests: [...interests], details: { lookingFor: details.lookingFor } });
      onDone();
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <>
      <div className="grid gap-5">
        <ChoiceField name="lookingFor" value={details} onChange={(change) => setDetails({ ...details, ...change })} />
        <TextArea
          label={words('bio')}
          maxLength={500}
          rows={4}
          placeholder={words('bioPlaceholder')}
          value={bio}
          onChange={({ target }) => setBio(target.value)}
        />
        <InterestsField value={interests} onValue={setInterests} />
      </div>
      <Ways onBack={onBack}>
        <Button size="lg" className="grow sm:grow-0" pending={isSaving} onClick={() => void finish()}>
          {t('done')}
        </Button>
      </Ways>
    </>
  );
}
