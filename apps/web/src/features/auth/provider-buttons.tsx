import { isApiError, type SignInProvider } from '@app/api-client';
import { apiQuery, useApi, useSignIn } from '@app/api-client/react';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '../../design/button';
import { bringLanguage } from '../../language/choice';
import { useTexts } from '../../language/use-texts';
import { FormError } from './form-error';
import { ProviderMark } from './provider-marks';
import { ProviderRefusal } from './provider-refusal';

const LocalProvider = lazy(() => import('../development/local-provider'));
const loadFirebase = () => import('./ask-firebase');

/** What people call them. These are names, in every language the same. */
const names: Readonly<Record<SignInProvider, string>> = { 'google.com': 'Google', 'apple.com': 'Apple' };

/**
 * Signing in by an account somewhere else; nothing at all where no provider is on. `onTicket`: they are who they are, and have no
 * account here yet.
 */
export function ProviderButtons({ onTicket }: { onTicket(ticket: string): void }) {
  const t = useTexts('auth');
  const { data: providers } = useQuery({ ...apiQuery(useApi(), 'auth.providers'), staleTime: Number.POSITIVE_INFINITY });
  const { loginWithProvider } = useSignIn();
  const [asking, setAsking] = useState<SignInProvider>();
  const [playing, setPlaying] = useState<SignInProvider>();
  const [error, setError] = useState<unknown>(null);
  const firebase = providers?.firebase ?? null;

  useEffect(() => {
    // Ahead of the click: a window that opens long after it is blocked. Where this fails, the click tries again and says so.
    if (firebase !== null) loadFirebase().catch(() => undefined);
  }, [firebase]);

  async function go(via: SignInProvider, askToken: () => Promise<string>) {
    setError(null);
    setAsking(via);
    bringLanguage();
    try {
      const { registration } = await loginWithProvider({ idToken: await askToken() });
      if (registration !== null) onTicket(registration.ticket);
    } catch (cause) {
      setError(cause);
    }
    setAsking(undefined);
  }

  function choose(via: SignInProvider) {
    setError(null);
    if (firebase === null) return setPlaying(via);
    void go(via, async () => {
      const { askFirebase } = await loadFirebase().catch((cause: unknown) => {
        throw new ProviderRefusal('down', { cause });
      });
      return askFirebase(firebase, via);
    });
  }

  if (providers === undefined || providers.items.length === 0 || (firebase === null && !providers.local)) return null;
  return (
    <div className="mt-5 grid gap-3">
      <p className="flex items-center gap-3 text-sm text-ink-soft before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        {t('providers.or')}
      </p>
      {providers.items.map((via) => (
        <Button
          key={via}
          variant="plain"
          size="lg"
          pending={asking === via}
          disabled={asking !== undefined}
          icon={<ProviderMark provider={via} />}
          onClick={() => choose(via)}
        >
          {t('providers.go', { provider: names[via] })}
        </Button>
      ))}
      <Refusal error={error} />
      {playing && (
        <Suspense>
          <LocalProvider
            provider={playing}
            name={names[playing]}
            onClose={() => setPlaying(undefined)}
            onToken={(idToken) => {
              setPlaying(undefined);
              void go(playing, async () => idToken);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Why it did not work, in words that say what to do. */
function Refusal({ error }: { error: unknown }) {
  const t = useTexts('auth');
  if (!(error instanceof ProviderRefusal)) {
    return <FormError error={isApiError(error) || error === null ? error : new ProviderRefusal('down', { cause: error })} />;
  }
  return (
    <div role="alert" className="flex animate-appear items-start gap-3 rounded-2xl bg-sunken px-4 py-3">
      <CircleAlert className="mt-0.5 size-5 shrink-0 text-ink-soft" aria-hidden="true" />
      <p className="min-w-0 font-semibold">{t(`providers.refused.${error.reason}`)}</p>
    </div>
  );
}
