import type { Json } from '../src/documents';

/** How the documents of the tests are asked for. */
export const options = { title: 'Heartline', version: '1.2.3', serverUrl: 'https://api.heartline.test', license: 'MIT' };

/** A part of a document as a test reads it: whatever is not there is `undefined`. */
export function at(document: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    document,
  );
}

/** Every `$ref` of the document with the place it stands in. */
export function references(value: unknown, place = '#'): [place: string, target: string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]: [string, Json]) =>
    name === '$ref' && typeof part === 'string' ? [[place, part] as [string, string]] : references(part, `${place}/${name}`),
  );
}

/** What a reference inside the document points at. */
export function resolve(document: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  return at(
    document,
    ...reference
      .slice(2)
      .split('/')
      .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~')),
  );
}

/** References that point at nothing. */
export function dangling(document: unknown): string[] {
  return references(document).flatMap(([place, target]) => (resolve(document, target) === undefined ? [`${place} → ${target}`] : []));
}

/** Components that nothing in the document points at. */
export function unused(document: unknown): string[] {
  const targets = new Set(references(document).map(([, target]) => target));
  return Object.entries(Object(at(document, 'components'))).flatMap(([kind, parts]) =>
    Object.keys(Object(parts)).flatMap((name) => (targets.has(`#/components/${kind}/${name}`) ? [] : [`${kind}/${name}`])),
  );
}
