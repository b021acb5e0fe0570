import { type ApiError, type Gender, isApiError } from '@app/api-client';
import { useAuth } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { PasswordField, SelectField, TextField } from '../../design/field';
import { useTitle } from '../../design/page';
import { genderChoices } from '../profile/gender';
import { focusFirstFault } from './focus-first-fault';
import { FormError } from './form-error';
import { faultsOf, refusedFields, type SignUpFaults, type SignUpValues, shortestPassword } from './sign-up-form';
import { TooYoung } from './too-young';

const empty: SignUpValues = { displayName: '', email: '', password: '', birthDate: '', gender: '' };

export function SignUpPage() {
  useTitle('Create account');
  const { register, isPending } = useAuth();
  const [values, setValues] = useState(empty);
  const [faults, setFaults] = useState<SignUpFaults>({});
  const [error, setError] = useState<unknown>(null);
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
    const found = faultsOf(values);
    if (found || values.gender === '') return refuse(found ?? {});
    try {
      await register({ ...values, gender: values.gender });
    } catch (cause) {
      const refused = refusedFields(cause as ApiError);
      if (refused) refuse(refused);
      else setError(cause);
    }
  }

  return (
    <>
      <h1 className="mb-1 text-4xl font-extrabold">Nice to meet you</h1>
      <p className="mb-7 text-ink-soft">
        Been here before?{' '}
        <Link to="/sign-in" className="font-semibold text-heart-ink underline-offset-4 hover:underline">
          Sign in
        </Link>
      </p>
      <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
        <TextField
          label="Name"
          hint="What others call you. A first name will do."
          autoComplete="given-name"
          maxLength={50}
          value={values.displayName}
          error={faults.displayName}
          onChange={({ target }) => change('displayName', target.value)}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            label="Birth date"
            type="date"
            autoComplete="bday"
            min="1900-01-01"
            max={new Date().toISOString().slice(0, 10)}
            hint="Others see only your age."
            value={values.birthDate}
            error={faults.birthDate}
            onChange={({ target }) => change('birthDate', target.value)}
          />
          <SelectField<Gender>
            label="Gender"
            placeholder="Choose"
            choices={genderChoices}
            value={values.gender}
            error={faults.gender}
            onValue={(gender) => change('gender', gender)}
          />
        </div>
        <TextField
          label="Email"
          type="email"
          autoComplete="email"
          inputMode="email"
          value={values.email}
          error={faults.email}
          onChange={({ target }) => change('email', target.value)}
        />
        <PasswordField
          label="Password"
          autoComplete="new-password"
          hint={`At least ${shortestPassword} characters. A short sentence is good.`}
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
          Create account
        </Button>
      </form>
    </>
  );
}
