import { api } from '@app/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { loadEmojis } from '../src/features/emoji/emojis';
import { isLanguage, type Language, languages } from '../src/language/languages';

const spoken = Object.keys(languages).filter(isLanguage);
const messageId = '019bc134-7840-7f6b-8241-0d9e5ac7b3f8';
const isTaken = (emoji: string) => z.safeParse(api.messages.react.input, { messageId, emoji }).success;

const all = new Map(await Promise.all(spoken.map(async (language) => [language, await loadEmojis(language)] as const)));
const signs = (language: Language) => all.get(language)?.emojis.map(({ emoji }) => emoji) ?? [];

describe('the emoji that can be chosen', () => {
  it('are all taken as reactions, in every skin tone', () => {
    const chosen = all.get('en')?.emojis.flatMap(({ emoji, skins = {} }) => [emoji, ...Object.values<string>(skins)]) ?? [];
    expect(chosen.length).toBeGreaterThan(2_500);
    expect(chosen.filter((emoji) => !isTaken(emoji))).toEqual([]);
    // Several signs that are one: families, flags, skins.
    expect(chosen).toEqual(expect.arrayContaining(['👩‍❤️‍💋‍👨', '🏴‍☠️', '🇵🇹', '❤️', '1️⃣', '🏳️‍🌈', '👩🏿‍🚀']));
  });

  it.each(spoken)('are the same in %s, each with a name and a category', (language) => {
    const { emojis = [], categories = [] } = all.get(language) ?? {};
    expect(signs(language)).toEqual(signs('en'));
    expect(emojis.filter(({ label }) => label === '')).toEqual([]);
    expect(categories.filter(({ index }) => !emojis.some(({ category }) => category === index))).toEqual([]);
  });

  it('have names of each language', () => {
    const names = [...all.values()].map(({ emojis }) => emojis.find(({ emoji }) => emoji === '🦊')?.label);
    expect(new Set(names).size).toBe(spoken.length);
  });
});
