import { firstSpoken, isLanguage, type Language } from './languages';
import { loadTexts, speak, spokenLanguage } from './spoken';

const key = 'heartline.language';
/** Set while a choice has not reached the account: it was made before signing in or up. */
const pendingKey = 'heartline.language.pending';

/** What was chosen on this device before, else what the browser asks for. */
export function deviceLanguage(): Language {
  const stored = localStorage.getItem(key);
  return isLanguage(stored) ? stored : firstSpoken(navigator.languages);
}

/** Speaks a language from now on, on this device. Rejects where it cannot be loaded. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  localStorage.setItem(key, language);
}

/** Takes the language along to the account that is signed in to next: someone chose it, or the account is about to be made. */
export function bringLanguage(): void {
  localStorage.setItem(pendingKey, spokenLanguage());
}

/** The language that is to be taken along, where there is one. */
export function broughtLanguage(): Language | undefined {
  const brought = localStorage.getItem(pendingKey);
  return isLanguage(brought) ? brought : undefined;
}

/** It has arrived. */
export function forgetBroughtLanguage(): void {
  localStorage.removeItem(pendingKey);
}

/** Makes the app speak before its first page. */
export async function speakFirst(): Promise<void> {
  const language = deviceLanguage();
  // Nothing is loaded yet: it only says what to load.
  await speak(language);
  await loadTexts('first');
}
