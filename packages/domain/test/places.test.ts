import { describe, expect, it } from 'vitest';
import { offlinePlaces } from '../src';
import { worldsCities } from '../src/places/cities';
import { fold } from '../src/places/fold';
import { nearestCity } from '../src/places/nearest';

const places = offlinePlaces();
const named = async (typed: string, language: 'en' | 'fr' | 'de' | 'es' | 'pt' = 'en') =>
  (await places.search(typed, { language })).map(({ name, area }) => `${name} (${area})`);

describe('names', () => {
  it.each([
    ['São Paulo', 'sao paulo'],
    ['Łódź', 'lodz'],
    ['Großröhrsdorf', 'grossrohrsdorf'],
    ['Saint-Étienne', 'saint etienne'],
    ["  L'Aquila ", 'l aquila'],
    ['İzmir', 'izmir'],
    ['Ærøskøbing', 'aeroskobing'],
    ['…', ''],
  ])('are compared without accents and case: %s', (name, folded) => {
    expect(fold(name)).toBe(folded);
  });
});

describe('the cities of the world', () => {
  it('are found by how their name begins, the most populous first, at most ten', async () => {
    expect((await named('lis'))[0]).toBe('Lisbon (Portugal)');
    expect(await named('par')).toHaveLength(10);
    expect((await named('par'))[0]).toBe('Paris (France)');
    const populations = (await worldsCities()).beginningWith('san').map(({ population }) => population);
    expect(populations).toEqual([...populations].sort((a, b) => b - a));
    expect(await named('lisbonx')).toEqual([]);
  });

  it('are found without accents, by a word within the name, and by what they are called where they are', async () => {
    expect((await named('SAO PAU'))[0]).toBe('São Paulo (Brazil)');
    expect((await named('york'))[0]).toContain('New York');
    expect((await named('köln'))[0]).toBe('Cologne (Germany)');
    expect((await named('koln'))[0]).toBe('Cologne (Germany)');
  });

  it('are named in the language of whoever looks, and found in every one', async () => {
    expect((await named('munich', 'de'))[0]).toBe('München (Deutschland)');
    expect((await named('munchen', 'fr'))[0]).toBe('Munich (Allemagne)');
    expect((await named('lisboa', 'es'))[0]).toBe('Lisboa (Portugal)');
    expect((await named('londres', 'pt'))[0]).toBe('Londres (Reino Unido)');
  });

  it('are narrowed down by a country or a state after a comma', async () => {
    expect((await named('portland, me'))[0]).toBe('Portland (ME, United States)');
    expect((await named('paris, us'))[0]).toBe('Paris (TX, United States)');
    expect((await named('valencia, vene'))[0]).toBe('Valencia (Venezuela)');
    expect((await named('valence, etats', 'fr')).every((name) => name.includes('États-Unis'))).toBe(true);
    expect(await named('lisbon, jp')).toEqual([]);
    expect((await named('lisbon,'))[0]).toBe('Lisbon (Portugal)');
  });

  it('are not found by nothing', async () => {
    for (const typed of ['', ' ', ',', '…', '%', '\0']) expect(await named(typed)).toEqual([]);
  });

  it('are given for an id, and nothing for an id that is none', async () => {
    expect(await places.find('geonames:2267057', { language: 'fr' })).toEqual({
      latitude: 38.717,
      longitude: -9.133,
      city: 'Lisbonne',
      country: 'PT',
    });
    for (const id of ['geonames:0', 'geonames:', '2267057', 'ChIJO_PkYRozGQ0R0DaQ5L3rAAQ', '__proto__']) {
      expect(await places.find(id, { language: 'en' })).toBeUndefined();
    }
  });

  it('are whole: each with a name, a country and a position on Earth', async () => {
    const { all } = await worldsCities();
    expect(all.length).toBeGreaterThan(20_000);
    for (const { id, names, country, latitude, longitude, population } of all) {
      if (!/^\d+$/.test(id) || names.length === 0 || !/^[A-Z]{2}$/.test(country) || population < 15)
        throw new Error(`City ${id} is not whole.`);
      if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) throw new Error(`City ${id} is nowhere.`);
    }
  });
});

describe('the nearest city', () => {
  it.each([
    [38.72, -9.14, 'Lisbon'],
    [48.8566, 2.3522, 'Paris'],
    [-17.8, 178.4, 'Suva'],
    [64.15, -21.9, 'Reykjavik'],
  ])('to %d, %d is %s', async (latitude, longitude, name) => {
    expect((await nearestCity({ latitude, longitude }))?.nameIn('en')).toContain(name);
  });

  it('is none at sea or at a pole', async () => {
    for (const [latitude, longitude] of [
      [90, 0],
      [-90, 180],
      [0, -30],
      [30, -45],
    ] as const) {
      expect(await nearestCity({ latitude, longitude })).toBeUndefined();
    }
  });
});
