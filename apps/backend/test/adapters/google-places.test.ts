import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Places } from '@app/domain';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { googlePlaces } from '../../src/adapters/google-places';

/** What the stand-in was asked. */
interface Asked {
  readonly method: string | undefined;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

let server: Server;
let places: Places;
const asked: Asked[] = [];
let answer: { status: number; body: unknown } = { status: 200, body: {} };
let isSilent = false;

const session = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** The fields that Google takes for each call: one that is not among them is refused, as Google does. */
const takes = {
  autocomplete: [
    'input',
    'locationBias',
    'locationRestriction',
    'includedPrimaryTypes',
    'includedRegionCodes',
    'languageCode',
    'regionCode',
    'origin',
    'inputOffset',
    'includeQueryPredictions',
    'sessionToken',
    'includePureServiceAreaBusinesses',
  ],
  details: ['languageCode', 'regionCode', 'sessionToken'],
};

function faultOf({ method, path, headers, body }: Asked): string | undefined {
  const url = new URL(path, 'http://stand-in');
  if (headers['x-goog-api-key'] !== 'the key') return 'API key not valid.';
  if (!/^[\w.,*]+$/.test(String(headers['x-goog-fieldmask']))) return 'FieldMask is a required parameter.';
  if (method === 'POST' && url.pathname === '/v1/places:autocomplete') {
    const { sessionToken, input } = body as { sessionToken?: string; input?: string };
    if (sessionToken !== undefined && !/^[\w-]{1,36}$/.test(sessionToken)) return 'Invalid sessionToken.';
    if (!input) return 'Empty input.';
    return Object.keys(body as object).find((name) => !takes.autocomplete.includes(name));
  }
  if (method === 'GET' && /^\/v1\/places\/[\w-]+$/.test(url.pathname)) {
    return [...url.searchParams.keys()].find((name) => !takes.details.includes(name));
  }
  return `No such method: ${method} ${path}`;
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const one: Asked = {
      method: request.method,
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    asked.push(one);
    if (isSilent) return void request.socket.destroy();
    const fault = faultOf(one);
    const { status, body } =
      fault === undefined ? answer : { status: 400, body: { error: { code: 400, message: fault, status: 'INVALID_ARGUMENT' } } };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  places = googlePlaces({ apiKey: 'the key', baseUrl });
});
afterEach(() => {
  asked.splice(0);
  answer = { status: 200, body: {} };
  isSilent = false;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** An answer as the reference of `places.autocomplete` shows it. */
const suggestions = {
  suggestions: [
    {
      placePrediction: {
        place: 'places/ChIJO_PkYRozGQ0R0DaQ5L3rAAQ',
        placeId: 'ChIJO_PkYRozGQ0R0DaQ5L3rAAQ',
        text: { text: 'Lisbonne, Portugal', matches: [{ endOffset: 4 }] },
        structuredFormat: { mainText: { text: 'Lisbonne', matches: [{ endOffset: 4 }] }, secondaryText: { text: 'Portugal' } },
        types: ['locality', 'political'],
      },
    },
    { placePrediction: { placeId: 'ChIJone', text: { text: 'Lisse' } } },
    { queryPrediction: { text: { text: 'lis' } } },
  ],
};

describe('a search at Google', () => {
  it('asks for cities in the language, with the session, and for no field that is not needed', async () => {
    answer = { status: 200, body: suggestions };
    expect(await places.search('lisb', { language: 'fr', session })).toEqual([
      { id: 'google:ChIJO_PkYRozGQ0R0DaQ5L3rAAQ', name: 'Lisbonne', area: 'Portugal' },
      { id: 'google:ChIJone', name: 'Lisse', area: null },
    ]);
    expect(asked).toMatchObject([
      {
        method: 'POST',
        path: '/v1/places:autocomplete',
        body: { input: 'lisb', languageCode: 'fr', includedPrimaryTypes: ['(cities)'], sessionToken: session },
      },
    ]);
  });

  it('finds nothing where Google has nothing', async () => {
    expect(await places.search('qqqqq', { language: 'en' })).toEqual([]);
    expect(asked[0]?.body).toEqual({ input: 'qqqqq', languageCode: 'en', includedPrimaryTypes: ['(cities)'] });
  });
});

describe('a place of Google', () => {
  it('is read with its position, its name and its country, in the session that found it', async () => {
    answer = {
      status: 200,
      body: {
        location: { latitude: 38.7222524, longitude: -9.1393366 },
        displayName: { text: 'Lisbonne', languageCode: 'fr' },
        addressComponents: [
          { longText: 'Lisbonne', shortText: 'Lisbonne', types: ['locality', 'political'], languageCode: 'fr' },
          { longText: 'Portugal', shortText: 'PT', types: ['country', 'political'], languageCode: 'fr' },
        ],
      },
    };
    expect(await places.find('google:ChIJO_PkYRozGQ0R0DaQ5L3rAAQ', { language: 'fr', session })).toEqual({
      latitude: 38.7222524,
      longitude: -9.1393366,
      city: 'Lisbonne',
      country: 'PT',
    });
    expect(asked[0]?.path).toBe(`/v1/places/ChIJO_PkYRozGQ0R0DaQ5L3rAAQ?languageCode=fr&sessionToken=${session}`);
    expect(asked[0]?.headers['x-goog-fieldmask']).toBe('location,displayName.text,addressComponents');
  });

  it('is none where Google knows none, or where the id is of another list', async () => {
    answer = { status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } };
    expect(await places.find('google:ChIJgone', { language: 'en' })).toBeUndefined();
    answer = { status: 200, body: {} };
    expect(await places.find('google:ChIJempty', { language: 'en' })).toBeUndefined();
    asked.splice(0);
    expect(await places.find('geonames:2267057', { language: 'en' })).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('cannot lead the request elsewhere', async () => {
    for (const id of ['google:../../v1/other', 'google:a?key=b', 'google:a/b', 'google:..']) {
      expect(await places.find(id, { language: 'en' })).toBeUndefined();
    }
    for (const { path } of asked) expect(path).toMatch(/^\/v1\//);
  });
});

describe('Google not answering', () => {
  it.each([
    ['a key that is refused', 403],
    ['too many calls', 429],
    ['a fault of its own', 500],
  ])('is told as unavailable: %s', async (_what, status) => {
    answer = { status, body: { error: { code: status } } };
    await expect(places.search('lis', { language: 'en' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(places.find('google:ChIJone', { language: 'en' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('is told as unavailable where the line breaks, or where it is no JSON', async () => {
    isSilent = true;
    await expect(places.search('lis', { language: 'en' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(
      googlePlaces({ apiKey: 'another', baseUrl: 'http://127.0.0.1:9' }).search('lis', { language: 'en' }),
    ).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });
});
