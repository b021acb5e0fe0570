import { isApiError } from '@app/api-client';
import { useVerification } from '@app/api-client/react';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { buttonClass } from '../../design/button';
import { useTitle } from '../../design/page';
import { ErrorState } from '../../design/states';
import { useTexts } from '../../language/use-texts';

type State = 'checking' | 'verified' | 'over' | { readonly failed: unknown };

/** Takes the link that proves an email, as soon as it is opened. */
export function VerifyEmailPage() {
  const t = useTexts('auth');
  useTitle(t('verify.title'));
  const { token } = useSearch({ strict: false });
  const { verifyEmail } = useVerification();
  const [state, setState] = useState<State>(token ? 'checking' : 'over');
  const taken = useRef<string>(undefined);

  async function take(given: string) {
    setState('checking');
    try {
      await verifyEmail({ token: given });
      setState('verified');
    } catch (cause) {
      setState(isApiError(cause, 'LINK_INVALID') || isApiError(cause, 'VALIDATION_FAILED') ? 'over' : { failed: cause });
    }
  }

  useEffect(() => {
    if (!token || taken.current === token) return;
    taken.current = token;
    void take(token);
  }, [token]);

  if (typeof state === 'object') return <ErrorState error={state.failed} onRetry={() => void take(token ?? '')} />;
  const words = { checking: 'verify.checking', verified: 'verify.title', over: 'verify.overTitle' } as const;
  return (
    <div role="status" className="grid gap-5">
      <h1 className="text-4xl font-extrabold">{t(words[state])}</h1>
      {state !== 'checking' && (
        <>
          <p className="text-ink-soft">{t(state === 'verified' ? 'verify.text' : 'verify.overText')}</p>
          <Link to="/" className={buttonClass('primary', 'lg')}>
            {t('code.go')}
          </Link>
        </>
      )}
    </div>
  );
}
