import { isApiError } from '@app/api-client';
import { useSignIn } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { bringLanguage } from '../../language/choice';
import { useTexts } from '../../language/use-texts';
import { AboutFields, type AboutValues } from './about-fields';
import { focusFirstFault } from './focus-first-fault';
import { FormError } from './form-error';
import { missingAbout, refusedFields, type SignUpFaults } from './sign-up-form';
import { TooYoung } from './too-young';

const nobodyYet: AboutValues = { displayName: '', birthDate: '', gender: '' };

/** What is left to say for somebody whose number or email is proven: who they are. */
export function AboutForm({ ticket }: { ticket: string }) {
  const t = useTexts('auth');
  const { registerWithTicket, isPending } = useSignIn();
  const [values, setValues] = useState(nobodyYet);
  const [faults, setFaults] = useState<SignUpFaults>({});
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  const navigate = useNavigate();
  // Where the page leads once they are signed in: as for everybody who is new, to what they have to say of themselves.
  useEffect(() => void navigate({ to: '.', search: { to: '/onboarding' }, replace: true }), [navigate]);

  function change(field: keyof AboutValues, value: string) {
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
    const found = missingAbout(values, t);
    const { displayName, birthDate, gender } = values;
    if (found || gender === '') return refuse(found ?? {});
    bringLanguage();
    try {
      await registerWithTicket({ ticket, displayName, birthDate, gender });
    } catch (cause) {
      const refused = refusedFields(cause, t);
      if (refused) refuse(refused);
      else setError(cause);
    }
  }

  return (
    <>
      <h1 className="mb-1 text-4xl font-extrabold">{t('niceToMeet')}</h1>
      <p className="mb-7 text-ink-soft">{t('code.about')}</p>
      <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
        <AboutFields values={values} faults={faults} onChange={change} />
        {isApiError(error, 'UNDER_AGE') ? (
          <TooYoung birthDate={values.birthDate} age={error.details.minimumAge} />
        ) : (
          <FormError error={error} />
        )}
        <Button type="submit" size="lg" pending={isPending}>
          {t('createAccount')}
        </Button>
      </form>
    </>
  );
}
