import type { Gender } from '@app/api-client';
import { SelectField, TextField } from '../../design/field';
import { useTexts } from '../../language/use-texts';
import { useGenderChoices } from '../people/gender';
import type { SignUpFaults, SignUpValues } from './sign-up-form';

/** Who somebody is: what everyone says of themselves before they are here. */
export type AboutValues = Pick<SignUpValues, 'displayName' | 'birthDate' | 'gender'>;

interface AboutFieldsProps {
  values: AboutValues;
  faults: SignUpFaults;
  onChange(field: keyof AboutValues, value: string): void;
}

/** The fields that ask who somebody is. */
export function AboutFields({ values, faults, onChange }: AboutFieldsProps) {
  const t = useTexts('auth');
  const words = useTexts('words');
  const genderChoices = useGenderChoices();
  return (
    <>
      <TextField
        label={t('fields.name')}
        hint={t('fields.nameHint')}
        autoComplete="given-name"
        maxLength={50}
        value={values.displayName}
        error={faults.displayName}
        onChange={({ target }) => onChange('displayName', target.value)}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t('fields.birthDate')}
          type="date"
          autoComplete="bday"
          min="1900-01-01"
          max={new Date().toISOString().slice(0, 10)}
          hint={t('fields.birthDateHint')}
          value={values.birthDate}
          error={faults.birthDate}
          onChange={({ target }) => onChange('birthDate', target.value)}
        />
        <SelectField<Gender>
          label={t('fields.gender')}
          placeholder={words('choose')}
          choices={genderChoices}
          value={values.gender}
          error={faults.gender}
          onValue={(gender) => onChange('gender', gender)}
        />
      </div>
    </>
  );
}
