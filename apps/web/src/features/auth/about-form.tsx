import { type Gender, isApiError } from '@app/api-client';
import { useSignIn } from '@app/api-client/react';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { SelectField, TextField } from '../../design/field';
import { bringLanguage } from '../../language/choice';
import { useTexts } from '../../language/use-texts';
import { useGenderChoices } from '../people/gender';
import { focusFirstFault } from './focus-first-fault';
import { FormError } from './form-error';
import { refusedFields, type SignUpFaults } from './sign-up-form';
import { TooYoung } from './too-young';

/** What is left to say for somebody whose number or email is proven: who they are. */
export function AboutForm({ ticket }: { ticket: string }) {
  const t = useTexts('auth');
  const words = useTexts('words');
  const genderChoices = useGenderChoices();
  const { registerWithTicket, isPending } = useSignIn();
  const [displayName, setName] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [gender, setGender] = useState<Gender | ''>('');
  const [faults, setFaults] = useState<SignUpFaults>({});
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);

  function refuse(found: SignUpFaults) {
    setFaults(found);
    focusFirstFault(form.current);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    setFaults({});
    const missing: SignUpFaults = {
      ...(displayName.trim() ? {} : { displayName: t('faults.displayName') }),
      ...(birthDate ? {} : { birthDate: t('faults.birthDate') }),
      ...(gender ? {} : { gender: t('faults.gender') }),
    };
    if (gender === '' || Object.keys(missing).length > 0) return refuse(missing);
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
        <TextField
          label={t('fields.name')}
          hint={t('fields.nameHint')}
          autoComplete="given-name"
          maxLength={50}
          value={displayName}
          error={faults.displayName}
          onChange={({ target }) => setName(target.value)}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            label={t('fields.birthDate')}
            type="date"
            autoComplete="bday"
            min="1900-01-01"
            max={new Date().toISOString().slice(0, 10)}
            hint={t('fields.birthDateHint')}
            value={birthDate}
            error={faults.birthDate}
            onChange={({ target }) => setBirthDate(target.value)}
          />
          <SelectField<Gender>
            label={t('fields.gender')}
            placeholder={words('choose')}
            choices={genderChoices}
            value={gender}
            error={faults.gender}
            onValue={setGender}
          />
        </div>
        {isApiError(error, 'UNDER_AGE') ? <TooYoung birthDate={birthDate} age={error.details.minimumAge} /> : <FormError error={error} />}
        <Button type="submit" size="lg" pending={isPending}>
          {t('createAccount')}
        </Button>
      </form>
    </>
  );
}
