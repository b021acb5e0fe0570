import { useMemo } from 'react';
import { SelectField, TextField } from '../../design/field';
import { useLocale, useTexts } from '../../language/use-texts';
import { countriesIn, likelyCountry } from './dialing';

export interface TypedPhone {
  country: string;
  number: string;
}

/** Where the number most likely belongs, and no number yet. */
export const noPhone = (): TypedPhone => ({ country: likelyCountry(navigator.languages), number: '' });

interface PhoneFieldProps {
  value: TypedPhone;
  error: string | undefined;
  onValue(value: TypedPhone): void;
}

/** A country with its code, and the rest of the number. */
export function PhoneField({ value, error, onValue }: PhoneFieldProps) {
  const t = useTexts('auth');
  const locale = useLocale();
  const countries = useMemo(() => countriesIn(locale), [locale]);
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <SelectField
        label={t('code.country')}
        autoComplete="tel-country-code"
        choices={countries}
        value={value.country}
        onValue={(country) => onValue({ ...value, country })}
      />
      <TextField
        label={t('code.number')}
        type="tel"
        name="phone"
        autoComplete="tel-national"
        inputMode="tel"
        maxLength={32}
        value={value.number}
        error={error}
        onChange={({ target }) => onValue({ ...value, number: target.value })}
      />
    </div>
  );
}
