import { isApiError } from '@app/api-client';
import { useAuth } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react';
import { Button, buttonClass } from '../../design/button';
import { PasswordField, TextField } from '../../design/field';
import { useTitle } from '../../design/page';
import { fieldFaults } from '../../language/error-text';
import type { TextsOf } from '../../language/spoken';
import { useTexts } from '../../language/use-texts';
import { AboutForm } from './about-form';
import { focusFirstFault } from './focus-first-fault';
import { FormError } from './form-error';
import { isTriedOut } from './is-tried-out';
import { ProviderButtons } from './provider-buttons';

const DemoPeople = lazy(() => import('./demo-people'));

interface Faults {
  email?: string;
  password?: string;
}

function faultsOf(email: string, password: string, t: TextsOf<'auth'>): Faults | null {
  const faults: Faults = {};
  if (!email.trim()) faults.email = t('faults.emailOfAccount');
  if (!password) faults.password = t('faults.yourPassword');
  return Object.keys(faults).length > 0 ? faults : null;
}

export function SignInPage() {
  const t = useTexts('auth');
  useTitle(t('signIn'));
  const { login, isPending } = useAuth();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [faults, setFaults] = useState<Faults>({});
  const [error, setError] = useState<unknown>(null);
  const [ticket, setTicket] = useState<string>();
  const form = useRef<HTMLFormElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = faultsOf(email, password, t);
    setFaults(found ?? {});
    setError(null);
    if (found) return focusFirstFault(form.current);
    try {
      await login({ email: email.trim(), password });
    } catch (cause) {
      if (isApiError(cause, 'VALIDATION_FAILED')) {
        setFaults(fieldFaults(cause));
        return focusFirstFault(form.current);
      }
      setError(cause);
    }
  }

  if (ticket !== undefined) return <AboutForm ticket={ticket} />;
  return (
    <>
      <h1 className="mb-1 text-4xl font-extrabold">{t('welcomeBack')}</h1>
      <p className="mb-7 text-ink-soft">
        {t('newHere')}{' '}
        <Link to="/sign-up" className="font-semibold text-heart-ink underline-offset-4 hover:underline">
          {t('createAnAccount')}
        </Link>
      </p>
      <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
        <TextField
          label={t('fields.email')}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          value={email}
          error={faults.email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <PasswordField
          label={t('fields.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          error={faults.password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <Link
          to="/forgot-password"
          className="-mt-2 justify-self-start text-sm font-semibold text-heart-ink underline-offset-4 hover:underline"
        >
          {t('forgot')}
        </Link>
        <FormError error={error} />
        <Button type="submit" size="lg" pending={isPending}>
          {t('signIn')}
        </Button>
        <Link to="/code" search={(now) => now} className={buttonClass('plain', 'lg')}>
          {t('byCode')}
        </Link>
      </form>
      <ProviderButtons onTicket={setTicket} />
      {isTriedOut() && (
        <Suspense>
          <DemoPeople
            onPick={(demo) => {
              setEmail(demo.email);
              setPassword(demo.password);
              setFaults({});
              setError(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
