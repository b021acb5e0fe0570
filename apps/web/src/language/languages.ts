import type { Preferences } from '@app/api-client';

/** What the app can be read in: what an account can be set to. */
export type Language = Preferences['app']['language'];

interface LanguageFacts {
  /** As those who speak it call it. */
  name: string;
  /** Whose way of writing dates and numbers is taken where the browser names no other for this language. */
  locale: string;
}

export const languages: Readonly<Record<Language, LanguageFacts>> = {
  en: { name: 'English', locale: 'en' },
  fr: { name: 'Français', locale: 'fr' },
  de: { name: 'Deutsch', locale: 'de' },
  es: { name: 'Español', locale: 'es' },
  pt: { name: 'Português', locale: 'pt-PT' },
};

/** As choices, in their own words. */
export const languageChoices = Object.entries(languages).map(([value, { name }]) => ({ value: value as Language, label: name }));

export function isLanguage(value: string | null | undefined): value is Language {
  return value != null && Object.hasOwn(languages, value);
}

/** `de` of `de-AT`. */
const languageOf = (tag: string) => tag.toLowerCase().split('-')[0];

/** The first language of a browser's list that the app speaks; English where there is none. */
export function firstSpoken(tags: readonly string[]): Language {
  return tags.map(languageOf).find(isLanguage) ?? 'en';
}

/** How dates and numbers are written in a language: as the browser wants them, where it wants this language (`de-AT`). */
export function localeOf(language: Language, tags: readonly string[]): string {
  return tags.find((tag) => languageOf(tag) === language && tag !== language) ?? languages[language].locale;
}
