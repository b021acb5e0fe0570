import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const source = new URL('../src/', import.meta.url);

/** Words by which a language speaks to a stranger, or is that of another country. Whole words only: `Sie` is none of `Siehe`. */
const distant: Readonly<Record<string, string | undefined>> = {
  fr: 'vous|votre|vos|vôtres?|veuillez',
  de: '(?:Sie|Ihnen|Ihr(?:e[nmrs]?)?)',
  es: 'usted(?:es)?|vosotros|vuestr[oa]s?',
  pt: 'você|vocês|senhora?|senha|equipe|configurações',
};

/** Two people are `vous` to any friend. */
const together = /vous vous plaisez/g;

function distantWordsIn(language: string, text: string): string[] {
  const words = distant[language];
  if (words === undefined) return [];
  const found = text.replaceAll(together, '').matchAll(new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, language === 'de' ? 'gu' : 'giu'));
  return [...found].map(([word]) => word);
}

const languages = ['en', 'fr', 'de', 'es', 'pt'] as const;
const folders = readdirSync(source).filter((name) => existsSync(new URL(`${name}/texts`, source)));
const catalogues = folders.flatMap((folder) => languages.map((language) => ({ folder, language })));

describe('what people are sent', () => {
  it('is written in these places', () => {
    expect(folders.sort()).toEqual(['auth', 'notifications', 'users']);
  });

  it.each(catalogues)('speaks to them as a friend does: $folder in $language', ({ folder, language }) => {
    const text = readFileSync(new URL(`${folder}/texts/${language}.ts`, source), 'utf8');
    expect(distantWordsIn(language, text)).toEqual([]);
  });

  it.each([
    ['fr', 'Confirmez votre adresse', ['votre']],
    ['fr', 'Toi et Ben, vous vous plaisez. Voyons tes vostoks.', []],
    ['de', 'Bestätigen Sie Ihre Adresse', ['Sie', 'Ihre']],
    ['de', 'Siehe dir an, was sie dir schickt', []],
    ['es', 'Usted puede elegir', ['Usted']],
    ['pt', 'Você pode escolher', ['Você']],
  ])('would be found in %s: %s', (language, text, words) => {
    expect(distantWordsIn(language, text)).toEqual(words);
  });
});
