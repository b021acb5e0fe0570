import { isApiError } from '@app/api-client';
import { useAuth } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { Button, buttonClass } from '../../design/button';
import { PasswordField, TextField } from '../../design/field';
import { useTitle } from '../../design/page';
import { bringLanguage } from '../../language/choice';
import { useTexts } from '../../language/use-texts';
import { AboutFields } from './about-fields';
import { AboutForm } from './about-form';
import { focusFirstFault } from './focus-first-fault';
import { FormError } from './form-error';
import { ProviderButtons } from './provider-buttons';
import { faultsOf, refusedFields, type SignUpFaults, type SignUpValues, shortestPassword } from './sign-up-form';
import { TooYoung } from './too-young';

const empty: SignUpValues = { displayName: '', email: '', password: '', birthDate: '', gender: '' };

export function SignUpPage() {
  const t = useTexts('auth');
  useTitle(t('createAccount'));
  const { register, isPending } = useAuth();
  const [values, setValues] = useState(empty);
  const [faults, setFaults] = useState<SignUpFaults>({});
  const [error, setError] = useState<unknown>(null);
  const [ticket, setTicket] = useState<string>();
  const form = useRef<HTMLFormElement>(null);

  function change(field: keyof SignUpValues, value: string) {
    setValues((now) => ({ ...now, [field]: value }));
    setFaults(({ [field]: _, ...others }) => others);
  }

  function refuse(found: SignUpFaults) {
    setFaults(found);
    focusFirstFault(form.current);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    const found = faultsOf(values, t);
    if (found || values.gender === '') return refuse(found ?? {});
    bringLanguage();
    try {
      await register({ ...values, gender: values.gender });
    } catch (cause) {
      const refused = refusedFields(cause, t);
      if (refused) refuse(refused);
      else setError(cause);
    }
  }

  if (ticket !== undefined) return <AboutForm ticket={ticket} />;
  return (
    <>
      <h1 className="mb-1 text-4xl font-extrabold">{t('niceToMeet')}</h1>
      <p className="mb-7 text-ink-soft">
        {t('beenHere')}{' '}
        <Link to="/sign-in" className="font-semibold text-heart-ink underline-offset-4 hover:underline">
          {t('signIn')}
        </Link>
      </p>
      <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
        <AboutFields values={values} faults={faults} onChange={change} />
        <TextField
          label={t('fields.email')}
          type="email"
          autoComplete="email"
          inputMode="email"
          value={values.email}
          error={faults.email}
          onChange={({ target }) => change('email', target.value)}
        />
        <PasswordField
          label={t('fields.password')}
          autoComplete="new-password"
          hint={t('fields.passwordHint', { least: shortestPassword })}
          value={values.password}
          error={faults.password}
          onChange={({ target }) => change('password', target.value)}
        />
        {isApiError(error, 'UNDER_AGE') ? (
          <TooYoung birthDate={values.birthDate} age={error.details.minimumAge} />
        ) : (
          <FormError error={error} />
        )}
        <Button type="submit" size="lg" pending={isPending}>
          {t('createAccount')}
        </Button>
        <Link to="/code" search={(now) => now} className={buttonClass('plain', 'lg')}>
          {t('byCode')}
        </Link>
      </form>
      <ProviderButtons onTicket={setTicket} />
    </>
  );
}
