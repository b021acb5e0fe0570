import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { loaders, type Part } from '../src/language/catalogues';
import { isLanguage, type Language, languages } from '../src/language/languages';

interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

function flat(catalogue: Catalogue, under = ''): [key: string, text: string][] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${under}${key}`, value] satisfies [string, string]] : flat(value, `${under}${key}.`),
  );
}

const spoken = Object.keys(languages).filter(isLanguage);
const parts = Object.keys(loaders).filter((part): part is Part => part in loaders);

async function textsIn(language: Language): Promise<Map<string, string>> {
  const loaded = await Promise.all(parts.map((part) => loaders[part][language]()));
  return new Map(loaded.flatMap((catalogue) => flat(catalogue.default)));
}

/** What a text asks for: its values with their kinds, and its tags; each once. */
function placeholders(elements: readonly MessageFormatElement[], found = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      found.add(`{${element.value}}`);
      for (const option of Object.values(element.options)) placeholders(option.value, found);
    } else if (element.type === TYPE.tag) {
      found.add(`<${element.value}>`);
      placeholders(element.children, found);
    } else {
      found.add(`{${element.value}}`);
    }
  }
  return found;
}

/** The kinds of numbers that a plural leaves out or makes up. */
function pluralFaults(elements: readonly MessageFormatElement[], language: Language): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return pluralFaults(element.children, language);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const inside = Object.values(element.options).flatMap((option) => pluralFaults(option.value, language));
    if (element.type === TYPE.select) return inside;
    const kinds: string[] = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    // Many, in French, Spanish and Portuguese, begins with a million: `other` serves.
    const missing = kinds.filter((kind) => kind !== 'many' && !(kind in element.options));
    const unknown = Object.keys(element.options).filter((kind) => !kind.startsWith('=') && !kinds.includes(kind));
    return [...inside, ...missing.map((kind) => `no ${kind}`), ...unknown.map((kind) => `unknown ${kind}`)];
  });
}

describe.each(spoken.filter((language) => language !== 'en'))('the texts in %s', (language) => {
  it('are all there, and there are no others', async () => {
    const [english, translated] = await Promise.all([textsIn('en'), textsIn(language)]);
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('ask for the values that the English ones ask for', async () => {
    const [english, translated] = await Promise.all([textsIn('en'), textsIn(language)]);
    const wrong = [...english].filter(([key, text]) => {
      const [wanted, given] = [placeholders(parse(text)), placeholders(parse(translated.get(key) ?? ''))];
      return [...wanted].sort().join() !== [...given].sort().join();
    });
    expect(wrong).toEqual([]);
  });
});

describe.each(spoken)('each text in %s', (language) => {
  it('says something, names every kind of number, and quotes nothing by accident', async () => {
    const faults = [...(await textsIn(language))].flatMap(([key, text]) => [
      ...(text.trim() === '' ? [`${key}: empty`] : []),
      ...pluralFaults(parse(text), language).map((fault) => `${key}: ${fault}`),
      // A straight apostrophe before a brace makes ICU print the placeholder instead of its value.
      ...(/'[{}<]/.test(text) ? [`${key}: quotes a placeholder`] : []),
    ]);
    expect(faults).toEqual([]);
  });
});
