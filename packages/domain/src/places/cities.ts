import type { Language } from '@app/contracts';
import { fold } from './fold';

/** One of the world's cities. */
export interface City {
  /** Its id in GeoNames. */
  readonly id: string;
  readonly latitude: number;
  readonly longitude: number;
  /** ISO 3166, two letters. */
  readonly country: string;
  /** Of the United States alone: two letters. */
  readonly state: string | null;
  /** In thousands of people. */
  readonly population: number;
  /** In every language that has a name of its own for it, and as it is called there. */
  readonly names: readonly string[];
  nameIn(language: Language): string;
}

export interface Cities {
  /** The most populous first. */
  readonly all: readonly City[];
  byId(id: string): City | undefined;
  /** Those of which a name, or a word within one, begins like `typed`; the most populous first. */
  beginningWith(typed: string): City[];
}

const languages: readonly Language[] = ['fr', 'de', 'es', 'pt'];

function cityOf(row: string): City {
  const [id = '', english = '', local = '', fr = '', de = '', es = '', pt = '', country = '', state = '', population, latitude, longitude] =
    row.split('|');
  const translated = [fr, de, es, pt];
  return {
    id,
    latitude: Number(latitude),
    longitude: Number(longitude),
    country,
    state: state === '' ? null : state,
    population: Number(population),
    names: [...new Set([english, local, ...translated])].filter((name) => name !== ''),
    nameIn: (language) => translated[languages.indexOf(language)] || english,
  };
}

/** Everything that can be typed to find a city: each of its names, from each of its words on. */
function keysOf(city: City): string[] {
  return city.names.flatMap((name) => {
    const words = fold(name).split(' ');
    return words.map((_, index) => words.slice(index).join(' '));
  });
}

function citiesOf(text: string): Cities {
  const all = text.split('\n').map(cityOf);
  const byId = new Map(all.map((city) => [city.id, city]));
  /** In the order of the keys; a city stands for its place in `all`, which is its rank. */
  const index = all.flatMap((city, rank) => keysOf(city).map((key) => ({ key, rank }))).sort((a, b) => (a.key < b.key ? -1 : 1));

  /** The first place in the index whose key does not sort before `text`. */
  function firstFrom(text: string): number {
    let [low, high] = [0, index.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((index[middle]?.key ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    all,
    byId: (id) => byId.get(id),
    beginningWith(typed) {
      const begin = fold(typed);
      if (begin === '') return [];
      const ranks = new Set<number>();
      for (let at = firstFrom(begin); index[at]?.key.startsWith(begin); at += 1) ranks.add(index[at]?.rank ?? 0);
      return [...ranks].sort((a, b) => a - b).flatMap((rank) => all[rank] ?? []);
    },
  };
}

let loaded: Promise<Cities> | undefined;

/** The cities of the world with 15,000 people and more, read when they are first asked for: nobody else pays for them. */
export function worldsCities(): Promise<Cities> {
  loaded ??= import('./world-cities').then(({ worldCities }) => citiesOf(worldCities));
  return loaded;
}
