import { createTranslator } from 'use-intl/core';
import { loaders, type Part, type Texts } from './catalogues';
import { type Language, localeOf } from './languages';

/** The texts of one feature: `t('greeting', { name })`. A key or a value that is missing does not compile. */
export type TextsOf<Feature extends keyof Texts> = ReturnType<typeof createTranslator<Texts, Feature>>;

interface Spoken {
  language: Language;
  /** For `Intl`: `de-AT`. */
  locale: string;
  /** What has been loaded of it. Whoever shows a page has loaded its part before. */
  texts: Partial<Texts>;
  /** Kept, so that whoever looks twice sees the same. */
  translators: Map<keyof Texts, unknown>;
}

let spoken: Spoken = { language: 'en', locale: 'en', texts: {}, translators: new Map() };
let wanted: Language = 'en';
const parts = new Set<Part>();
const listeners = new Set<() => void>();

function set(language: Language, texts: Partial<Texts>): void {
  spoken = { language, locale: localeOf(language, navigator.languages), texts, translators: new Map() };
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

async function load(language: Language, wantedParts: Iterable<Part>): Promise<Partial<Texts>> {
  const loaded = await Promise.all(Array.from(wantedParts, (part) => loaders[part][language]()));
  // Translations have the keys and the placeholders of the English texts; the compiler and a test see to it.
  return Object.assign({}, ...loaded.map((catalogue) => catalogue.default)) as Partial<Texts>;
}

/**
 * Loads a part of the texts in the language that is spoken, or on its way to be. Await it before showing a page that needs it.
 * A language that cannot be loaded gives way to English.
 */
export async function loadTexts(part: Part): Promise<void> {
  if (parts.has(part)) return;
  const language = wanted;
  try {
    const texts = await load(language, [part]);
    parts.add(part);
    // Meanwhile another language may have been asked for: then this part is fetched with it.
    if (language === spoken.language) set(language, { ...spoken.texts, ...texts });
    else await speak(wanted);
  } catch (error) {
    if (language === 'en') throw error;
    parts.add(part);
    await speak('en');
  }
}

/** Changes to a language once its texts are here; until then the old one stays. Rejects where they cannot be loaded. */
export async function speak(language: Language): Promise<void> {
  wanted = language;
  const needed = [...parts];
  try {
    const texts = await load(language, needed);
    // The last wish counts, in whatever order they are answered.
    if (wanted !== language) return;
    // A part that came meanwhile belongs to it.
    if (parts.size > needed.length) return await speak(language);
    set(language, texts);
  } catch (error) {
    if (wanted === language) wanted = spoken.language;
    throw error;
  }
}

export function subscribeSpoken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const spokenLanguage = (): Language => spoken.language;
export const spokenLocale = (): string => spoken.locale;

function raise(error: Error): void {
  // A text that cannot be shown is a mistake of ours: found while developing, never worth a broken page.
  if (import.meta.env.DEV) throw error;
}

/** The texts of a feature as they are now. In components: `useTexts`. */
export function textsOf<Feature extends keyof Texts>(feature: Feature): TextsOf<Feature> {
  let translator = spoken.translators.get(feature);
  if (!translator) {
    const { locale, texts } = spoken;
    translator = createTranslator({ locale, messages: texts as Texts, namespace: feature as never, onError: raise });
    spoken.translators.set(feature, translator);
  }
  return translator as TextsOf<Feature>;
}
