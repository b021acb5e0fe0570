import { useSyncExternalStore } from 'react';
import type { Texts } from './catalogues';
import type { Language } from './languages';
import { spokenLanguage, spokenLocale, subscribeSpoken, type TextsOf, textsOf } from './spoken';

/** The texts of a feature: `const t = useTexts('chat')`, then `t('typing', { name })`. Follows the language at once. */
export function useTexts<Feature extends keyof Texts>(feature: Feature): TextsOf<Feature> {
  return useSyncExternalStore(subscribeSpoken, () => textsOf(feature));
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribeSpoken, spokenLanguage);
}

/** What `Intl` is asked for: `pt-PT`. */
export function useLocale(): string {
  return useSyncExternalStore(subscribeSpoken, spokenLocale);
}
