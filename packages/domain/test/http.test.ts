import { api, type EndpointId, endpoint, endpoints } from '@app/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bearerToken, failureEnvelope, httpInput, httpRoutes, idempotencyKey, originOf, successEnvelope } from '../src';

const find = endpoint({
  method: 'POST',
  path: '/things/:thingId',
  summary: 'Finds.',
  access: 'public',
  params: { thingId: z.string() },
  query: {
    size: z.int().default(20),
    exact: z.boolean().optional(),
    kinds: z.array(z.string()).optional(),
    name: z.string().nullable().optional(),
  },
  body: { text: z.string() },
  output: z.object({}),
});
const look = endpoint({ method: 'GET', path: '/things', summary: 'Looks.', access: 'public', output: z.object({}) });

describe('a request', () => {
  const flat = httpInput(find);
  const params = { thingId: 'a' };
  /** Made anew for each: its fields become the input itself. */
  const body = () => ({ text: 'x' });

  it('becomes one flat input, with query texts as what they stand for', () => {
    const query = { size: '30', exact: 'true', kinds: ['a', 'b'], name: 'null' };
    expect(flat({ params, query, body: body() })).toEqual({
      input: { thingId: 'a', size: 30, exact: true, kinds: ['a', 'b'], name: 'null', text: 'x' },
      refused: [],
    });
    expect(flat({ params, query: { kinds: 'a', exact: 'false', size: undefined }, body: body() }).input).toEqual({
      thingId: 'a',
      kinds: ['a'],
      exact: false,
      text: 'x',
    });
  });

  it('leaves to the schema what does not read as its kind', () => {
    const query = { size: '1e3', exact: 'yes', name: ['a', 'b'] };
    expect(flat({ params, query, body: body() }).input).toMatchObject({ size: '1e3', exact: 'yes', name: ['a', 'b'] });
    for (const size of ['', ' 1', '0x10', 'Infinity', '1.']) expect(flat({ params, query: { size }, body: body() }).input.size).toBe(size);
    expect(flat({ params, query: { size: '-1.5' }, body: body() }).input.size).toBe(-1.5);
  });

  it('is refused what stands in the wrong place', () => {
    const codes = (request: Parameters<typeof flat>[0]) => flat(request).refused.map(({ path, code }) => `${path} ${code}`);
    expect(codes({ params, query: { text: 'x' }, body: body() })).toEqual(['text unrecognized_keys']);
    expect(codes({ params, query: {}, body: { ...body(), thingId: 'b', size: 1 } })).toEqual([
      'thingId unrecognized_keys',
      'size unrecognized_keys',
    ]);
    for (const odd of [undefined, null, 'text', 7, []]) expect(codes({ params, query: {}, body: odd })).toEqual([' invalid_type']);
    expect(flat({ params, query: {}, body: { ...body(), thingId: 'b' } }).input.thingId).toBe('a');
  });

  it('without a body may have none', () => {
    const bare = httpInput(look);
    expect(bare({ params: {}, query: {}, body: undefined })).toEqual({ input: {}, refused: [] });
    expect(bare({ params: {}, query: {}, body: null }).refused).toMatchObject([{ message: 'There is no body here' }]);
  });
});

describe('routes', () => {
  const routes = httpRoutes(api);

  it('are there for every endpoint but those of the socket', () => {
    const ids = (Object.keys(endpoints) as EndpointId[]).filter((id) => endpoints[id].transport !== 'socket');
    expect(routes.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it('have fixed paths before those with parameters', () => {
    const at = (path: string) => routes.findIndex((route) => route.path === path);
    expect(at('/api/v1/calls/ice-servers')).toBeGreaterThanOrEqual(0);
    expect(at('/api/v1/calls/ice-servers')).toBeLessThan(at('/api/v1/calls/:callId'));
  });
});

describe('envelopes', () => {
  it('say whether it went well', () => {
    expect(JSON.parse(successEnvelope({ a: 1 }))).toEqual({ success: true, data: { a: 1 } });
    const failure = { status: 404, code: 'USER_NOT_FOUND', message: 'There is no such person.', requestId: 'r' } as const;
    expect(JSON.parse(failureEnvelope(failure))).toEqual({ success: false, ...failure });
  });
});

describe('headers', () => {
  it('tell of the device, as far as they can be believed', () => {
    const headers = { 'x-platform': 'ios', 'user-agent': 'x'.repeat(600), 'x-app-version': '1.4.0' };
    expect(originOf(headers, '192.0.2.1', 'r')).toEqual({
      requestId: 'r',
      address: '192.0.2.1',
      userAgent: 'x'.repeat(512),
      platform: 'ios',
      appVersion: '1.4.0',
    });
    const odd = originOf({ 'x-platform': 'toaster', 'user-agent': ['a', 'b'], 'x-app-version': '' }, '192.0.2.1', 'r');
    expect(odd).toEqual({ requestId: 'r', address: '192.0.2.1' });
  });

  it('bear the token and the idempotency key', () => {
    expect(bearerToken({ authorization: 'Bearer abc' })).toBe('abc');
    expect(bearerToken({ authorization: 'bearer  abc ' })).toBe('abc');
    for (const authorization of ['Basic abc', 'abc', '', undefined, ['Bearer a', 'Bearer b']]) {
      expect(bearerToken({ authorization })).toBeUndefined();
    }
    expect(idempotencyKey({ 'idempotency-key': 'k'.repeat(128) })).toBe('k'.repeat(128));
    for (const key of ['k'.repeat(129), '', undefined]) expect(idempotencyKey({ 'idempotency-key': key })).toBeUndefined();
  });
});

describe('the language of a request', () => {
  it.each([
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
    ['de-CH', 'de'],
    ['fr_CA', 'fr'],
    ['nl', undefined],
    ['nl,es-419;q=0.7,en;q=0.6', 'es'],
    ['en;q=0.2, de;q=0.9', 'de'],
    // Frisian and Estonian only begin like French and Spanish.
    ['fry', undefined],
    ['est, enm', undefined],
    ['fr;q=0, en', 'en'],
    ['fr;q=0', undefined],
    ['*', undefined],
    [';;;=,,q', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s', (header, language) => {
    expect(originOf({ 'accept-language': header }, '192.0.2.1', 'request-1').language).toBe(language);
  });
});
