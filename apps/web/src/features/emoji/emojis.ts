import type { Emoji, MessagesDataset } from 'emojibase';
import type { EmojiData } from 'frimousse';
import type { Language } from '../../language/languages';
import { emojiEye } from './drawn';

export type { EmojiData } from 'frimousse';

type OneEmoji = EmojiData['emojis'][number];

/** What each language calls them. Only the one that is spoken is ever loaded, and from here: the page may ask nobody else. */
const sources = {
  en: () => Promise.all([import('emojibase-data/en/data.json'), import('emojibase-data/en/messages.json')]),
  fr: () => Promise.all([import('emojibase-data/fr/data.json'), import('emojibase-data/fr/messages.json')]),
  de: () => Promise.all([import('emojibase-data/de/data.json'), import('emojibase-data/de/messages.json')]),
  es: () => Promise.all([import('emojibase-data/es/data.json'), import('emojibase-data/es/messages.json')]),
  pt: () => Promise.all([import('emojibase-data/pt/data.json'), import('emojibase-data/pt/messages.json')]),
} satisfies Record<Language, () => Promise<[{ default: Emoji[] }, { default: MessagesDataset }]>>;

/** The version of Emoji that the oldest Node.js knows which a service may run on: newer ones it would refuse as reactions. */
const newestTaken = 16;

/** As the data set numbers them. */
const tones = { light: 1, 'medium-light': 2, medium: 3, 'medium-dark': 4, dark: 5 } as const;
type Tone = keyof typeof tones;

function forEachTone(of: (tone: Tone) => string): Record<Tone, string> {
  return {
    light: of('light'),
    'medium-light': of('medium-light'),
    medium: of('medium'),
    'medium-dark': of('medium-dark'),
    dark: of('dark'),
  };
}

function skinsOf({ emoji, skins }: Emoji): OneEmoji['skins'] {
  return skins && forEachTone((tone) => skins.find((skin) => skin.tone === tones[tone])?.emoji ?? emoji);
}

/** Tells whether this device draws an emoji. One of each version answers for the others: a font has them all, or none. */
function drawnHere(all: readonly Emoji[], isFlag: (emoji: Emoji) => boolean): (emoji: Emoji) => boolean {
  const isDrawn = emojiEye();
  const samples = new Map(all.filter((one) => one.group !== undefined && !isFlag(one)).map(({ version, emoji }) => [version, emoji]));
  const versions = new Set([...samples].flatMap(([version, emoji]) => (isDrawn(emoji) ? [version] : [])));
  // Who has no font for any sees something else for each: choosing by name still works.
  if (versions.size === 0) return () => true;
  const flags = isDrawn('🇪🇺');
  return (one) => (isFlag(one) ? flags : versions.has(one.version));
}

/** Every emoji that this device draws and every service takes, in a language. Rejects where it cannot be loaded. */
export async function loadEmojis(language: Language): Promise<EmojiData> {
  const [{ default: all }, { default: words }] = await sources[language]();
  const flags = words.subgroups.filter(({ key }) => key === 'country-flag' || key === 'subdivision-flag').map(({ order }) => order);
  const isDrawn = drawnHere(all, ({ subgroup }) => subgroup !== undefined && flags.includes(subgroup));
  const emojis = all.flatMap((one): OneEmoji[] => {
    const { emoji, label, group, version, tags } = one;
    if (group === undefined || version > newestTaken || !isDrawn(one)) return [];
    return [{ emoji, label, category: group, version, tags: tags ?? [], skins: skinsOf(one) }];
  });
  return {
    locale: language,
    emojis,
    categories: words.groups.filter(({ key }) => key !== 'component').map(({ order, message }) => ({ index: order, label: message })),
    skinTones: forEachTone((tone) => words.skinTones.find(({ key }) => key === tone)?.message ?? tone),
  };
}
