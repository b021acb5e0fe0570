import { Globe } from 'lucide-react';
import { SelectField } from '../design/field';
import { notifyError } from '../design/notices';
import { bringLanguage, chooseLanguage } from './choice';
import { isLanguage, type Language, languageChoices } from './languages';
import { useLanguage, useTexts } from './use-texts';

/** Chooses the language of the app; works at once. `onChosen`: it is spoken now. */
export function LanguageField({ hint, onChosen }: { hint?: string; onChosen(language: Language): void }) {
  const t = useTexts('words');
  const language = useLanguage();
  return (
    <SelectField
      label={t('language')}
      hint={hint}
      choices={languageChoices}
      value={language}
      onValue={(chosen) => {
        chooseLanguage(chosen)
          .then(() => onChosen(chosen))
          .catch((error: unknown) => notifyError(error));
      }}
    />
  );
}

/** The same in passing, for people who are not signed in. */
export function LanguageSwitch() {
  const t = useTexts('words');
  const language = useLanguage();
  return (
    <label className="relative flex items-center text-ink-soft transition-colors hover:text-ink">
      <Globe className="pointer-events-none absolute left-3 size-4" aria-hidden="true" />
      <select
        aria-label={t('language')}
        value={language}
        className="min-h-11 cursor-pointer appearance-none rounded-full bg-transparent pr-4 pl-9 text-sm font-semibold hover:bg-sunken"
        onChange={({ target }) => {
          if (!isLanguage(target.value)) return;
          chooseLanguage(target.value)
            .then(bringLanguage)
            .catch((error: unknown) => notifyError(error));
        }}
      >
        {languageChoices.map(({ value, label }) => (
          <option key={value} value={value} lang={value} className="bg-surface text-ink">
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
