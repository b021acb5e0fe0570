import { isApiError } from '@app/api-client';
import { useAuth } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { PasswordField, TextField } from '../../design/field';
import { useTitle } from '../../design/page';
import { focusFirstFault } from './focus-first-fault';
import { FormError } from './form-error';
import { hasDemoPeople } from './has-demo-people';

const DemoPeople = lazy(() => import('./demo-people'));

interface Faults {
  email?: string;
  password?: string;
}

function faultsOf(email: string, password: string): Faults | null {
  const faults: Faults = {};
  if (!email.trim()) faults.email = 'Enter the email of your account.';
  if (!password) faults.password = 'Enter your password.';
  return Object.keys(faults).length > 0 ? faults : null;
}

export function SignInPage() {
  useTitle('Sign in');
  const { login, isPending } = useAuth();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [faults, setFaults] = useState<Faults>({});
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = faultsOf(email, password);
    setFaults(found ?? {});
    setError(null);
    if (found) return focusFirstFault(form.current);
    try {
      await login({ email: email.trim(), password });
    } catch (cause) {
      if (isApiError(cause, 'VALIDATION_FAILED')) {
        setFaults(cause.fieldErrors);
        return focusFirstFault(form.current);
      }
      setError(cause);
    }
  }

  return (
    <>
      <h1 className="mb-1 text-4xl font-extrabold">Welcome back</h1>
      <p className="mb-7 text-ink-soft">
        New here?{' '}
        <Link to="/sign-up" className="font-semibold text-heart-ink underline-offset-4 hover:underline">
          Create an account
        </Link>
      </p>
      <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
        <TextField
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          value={email}
          error={faults.email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          value={password}
          error={faults.password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <FormError error={error} />
        <Button type="submit" size="lg" pending={isPending}>
          Sign in
        </Button>
      </form>
      {hasDemoPeople() && (
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
