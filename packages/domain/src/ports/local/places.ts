import type { Language } from '@app/contracts';
import { type City, worldsCities } from '../../places/cities';
import { fold } from '../../places/fold';
import type { Places } from '..';

const atMost = 10;
const prefix = 'geonames:';

const namers = new Map<Language, Intl.DisplayNames>();

/** What a country is called in a language. */
function countryName(code: string, language: Language): string {
  const namer = namers.get(language) ?? new Intl.DisplayNames([language], { type: 'region' });
  namers.set(language, namer);
  return namer.of(code) ?? code;
}

function areaOf({ country, state }: City, language: Language): string {
  const name = countryName(country, language);
  return state === null ? name : `${state}, ${name}`;
}

/** Whether what was typed after a comma begins like the city's state or country, as it is called in this language or in English. */
function liesIn({ country, state }: City, typed: string, language: Language): boolean {
  return [state ?? '', country, countryName(country, language), countryName(country, 'en')].some((name) => fold(name).startsWith(typed));
}

/** The cities of the world, offline. */
export function offlinePlaces(): Places {
  return {
    async search(typed, { language }) {
      const [name = '', ...within] = typed.split(',');
      const parts = within.map(fold).filter((part) => part !== '');
      const fitting = (await worldsCities()).beginningWith(name).filter((city) => parts.every((part) => liesIn(city, part, language)));
      return fitting
        .slice(0, atMost)
        .map((city) => ({ id: `${prefix}${city.id}`, name: city.nameIn(language), area: areaOf(city, language) }));
    },
    async find(id, { language }) {
      if (!id.startsWith(prefix)) return undefined;
      const city = (await worldsCities()).byId(id.slice(prefix.length));
      if (city === undefined) return undefined;
      const { latitude, longitude, country } = city;
      return { latitude, longitude, city: city.nameIn(language), country };
    },
  };
}
