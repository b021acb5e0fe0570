import type { ProfileDetails } from '@app/api-client';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { IconButton } from '../../design/button';
import { SelectField, TextField } from '../../design/field';
import { useLocale, useTexts } from '../../language/use-texts';
import { type ChoiceName, spokenLanguages, useChoices } from './choices';

export const heights = { min: 100, max: 250 };
const mostLanguages = 8;

type Language = ProfileDetails['languages'][number];

/** A text as it stands at the beginning of a line. */
export const useCapitalized = () => {
  const locale = useLocale();
  return (text: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
};

/** Names of languages, in the language of the app, as they stand within a sentence. */
export function useLanguageNames(): (code: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'language' });
    return (code) => names.of(code) ?? code;
  }, [locale]);
}

interface FieldsProps {
  value: ProfileDetails;
  onChange(change: Partial<ProfileDetails>): void;
}

/** One of those that say one thing of a few, or nothing. */
export function ChoiceField({ name, value, onChange }: FieldsProps & { name: ChoiceName }) {
  const t = useTexts('profile');
  const known = useChoices()[name];
  return (
    <SelectField<string>
      label={t(`details.${name}`)}
      choices={[{ value: 'unsaid', label: t('details.unsaid') }, ...known]}
      value={value[name] ?? 'unsaid'}
      onValue={(chosen) => onChange({ [name]: chosen === 'unsaid' ? null : chosen })}
    />
  );
}

function LanguagesField({ value: { languages }, onChange }: FieldsProps) {
  const t = useTexts('profile');
  const locale = useLocale();
  const languageName = useLanguageNames();
  const capitalized = useCapitalized();
  const nameOf = (code: string) => capitalized(languageName(code));
  const offered = spokenLanguages
    .filter((code) => !languages.includes(code))
    .map((value) => ({ value, label: nameOf(value) }))
    .sort((one, other) => one.label.localeCompare(other.label, locale));
  return (
    <div className="grid gap-2">
      <SelectField<Language>
        label={t('details.languages')}
        placeholder={t('details.addLanguage')}
        choices={offered}
        value=""
        disabled={languages.length >= mostLanguages}
        onValue={(code) => onChange({ languages: [...languages, code] })}
      />
      {languages.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {languages.map((code) => (
            <li key={code} className="flex items-center gap-1 rounded-full bg-heart-soft py-0.5 pr-1 pl-3.5 text-[0.9375rem] font-semibold">
              {nameOf(code)}
              <IconButton
                label={t('details.removeLanguage', { language: nameOf(code) })}
                className="size-8! hover:bg-surface!"
                onClick={() => onChange({ languages: languages.filter((one) => one !== code) })}
              >
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What one says of oneself beside one’s own words. */
export function DetailsFields({ value, onChange, faults }: FieldsProps & { faults: Readonly<Record<string, string>> }) {
  const t = useTexts('profile');
  return (
    <div className="grid gap-5 pt-1 pb-2">
      <ChoiceField name="lookingFor" value={value} onChange={onChange} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t('details.heightCm')}
          type="number"
          inputMode="numeric"
          min={heights.min}
          max={heights.max}
          hint={t('details.heightRange', heights)}
          value={value.heightCm ?? ''}
          error={faults['details.heightCm']}
          onChange={({ target }) => onChange({ heightCm: target.value === '' ? null : Math.round(Number(target.value)) })}
        />
        <TextField
          label={t('details.job')}
          maxLength={60}
          autoComplete="organization-title"
          value={value.job ?? ''}
          error={faults['details.job']}
          onChange={({ target }) => onChange({ job: target.value === '' ? null : target.value })}
        />
      </div>
      <LanguagesField value={value} onChange={onChange} />
      <div className="grid gap-5 sm:grid-cols-2">
        {(['education', 'children', 'drinking', 'smoking', 'exercise'] as const).map((name) => (
          <ChoiceField key={name} name={name} value={value} onChange={onChange} />
        ))}
      </div>
    </div>
  );
}
