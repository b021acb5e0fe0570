import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  type Endpoint,
  errors,
  exampleFailure,
  exampleInput,
  exampleOutput,
  failureCodes,
  type Webhook,
  webhookErrors,
  webhooks,
} from '../src';
import { type OpenApiDocument, openApiDocument } from '../src/documents';
import { at, dangling, options, references, resolve, unused } from './document';
import { everyEndpoint } from './walk';

const served = everyEndpoint.filter(([, { transport }]) => transport !== 'socket');

let document: OpenApiDocument;
beforeAll(() => {
  document = openApiDocument(options);
});

function operationOf({ method, path }: Endpoint): unknown {
  return at(document.paths, path.replace(/:(\w+)/g, '{$1}'), method.toLowerCase());
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: unknown;
  readonly example?: unknown;
}

/** The parameters of an operation in one place, with shared ones looked up. */
function parametersOf(endpoint: Endpoint, place: string): Parameter[] {
  const listed = (at(operationOf(endpoint), 'parameters') ?? []) as { $ref?: string }[];
  const found = listed.map((entry) => (entry.$ref === undefined ? entry : resolve(document, entry.$ref)) as Parameter);
  return found.filter((parameter) => parameter.in === place);
}

const json = ['content', 'application/json'];

describe('the OpenAPI document', () => {
  test('points at nothing that is not there, and holds nothing that is not used', () => {
    expect(references(document).length).toBeGreaterThan(300);
    expect(dangling(document)).toEqual([]);
    expect(unused(document)).toEqual(['securitySchemes/accessToken']);
    expect(document.security).toEqual([{ accessToken: [] }]);
  });

  test('is the same each time', () => {
    expect(JSON.stringify(openApiDocument(options))).toBe(JSON.stringify(document));
  });

  test('says where the service is', () => {
    expect(document.servers).toMatchObject([{ url: 'https://api.heartline.test/api/v1' }]);
    expect(openApiDocument({ ...options, serverUrl: 'https://heartline.test/' }).servers).toMatchObject([
      { url: 'https://heartline.test/api/v1' },
    ]);
    expect(openApiDocument({ title: 'T', version: '1' }).servers).toMatchObject([{ url: '/api/v1' }]);
    expect(document.info).toMatchObject({ title: 'Heartline', version: '1.2.3', license: { identifier: 'MIT' } });
  });

  test('has every endpoint that is served over HTTP, and no other', () => {
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    const called = Object.keys(webhooks).map((name) => `webhooks.${name}`);
    expect(ids.toSorted()).toEqual([...served.map(([id]) => id), ...called].toSorted());
    expect(ids).not.toContain('realtime.open');
  });

  test('sorts them by group, each described', () => {
    const groups = [...new Set(served.map(([id]) => id.split('.')[0]))];
    expect(document.tags.map(({ name }) => name)).toEqual([...groups, 'webhooks']);
    for (const { name, description } of document.tags) expect(description, name).toMatch(/\.$/);
  });
});

describe.each(served)('%s', (id, endpoint) => {
  const { access, idempotency, limit, places, summary } = endpoint;

  test('says what it is and who may call it', () => {
    const operation = operationOf(endpoint);
    expect(operation).toMatchObject({ operationId: id, summary, tags: [id.split('.')[0]], 'x-access': access });
    expect(at(operation, 'security')).toEqual(access === 'public' ? [] : undefined);
    if (limit !== undefined) {
      expect(at(operation, 'x-rate-limit')).toEqual(limit);
      expect(at(operation, 'description')).toContain(`Limit: ${limit.max} calls`);
    }
  });

  test('takes each name in its place', () => {
    expect(parametersOf(endpoint, 'path').map(({ name }) => name)).toEqual(places.params);
    expect(parametersOf(endpoint, 'query').map(({ name }) => name)).toEqual(places.query);
    expect(parametersOf(endpoint, 'header').map(({ name }) => name)).toEqual(idempotency === 'key' ? ['Idempotency-Key'] : []);

    const body = at(operationOf(endpoint), 'requestBody', ...json, 'schema');
    if (places.body.length === 0) expect(body).toBeUndefined();
    else {
      const schema = resolve(document, String(at(body, '$ref')));
      expect(Object.keys(Object(at(schema, 'properties')))).toEqual(places.body);
      expect(at(schema, 'additionalProperties')).toBe(false);
    }
  });

  test('requires what a caller may not leave out', () => {
    const { shape } = (endpoint.input as z.core.$ZodObject)._zod.def;
    for (const { name, required } of [...parametersOf(endpoint, 'path'), ...parametersOf(endpoint, 'query')]) {
      const schema = shape[name];
      if (schema === undefined) throw new Error(`${name} is not in the input.`);
      expect(required, name).toBe(!z.safeParse(schema, undefined).success);
    }
  });

  test('shows its example', () => {
    const example = Object(exampleInput(id));
    for (const { name, example: shown } of [...parametersOf(endpoint, 'path'), ...parametersOf(endpoint, 'query')]) {
      expect(shown, name).toEqual(example[name]);
    }
    const sent = at(operationOf(endpoint), 'requestBody', ...json, 'example');
    if (places.body.length > 0) expect(sent).toEqual(Object.fromEntries(places.body.map((name) => [name, example[name]])));
    expect(at(operationOf(endpoint), 'responses', '200', ...json, 'example')).toEqual({ success: true, data: exampleOutput(id) });
  });

  test('answers every failure under its status, each with its code, details and example', () => {
    const responses = Object(at(operationOf(endpoint), 'responses'));
    const byStatus = new Map<string, string[]>();
    for (const [status, { $ref }] of Object.entries<{ $ref?: string }>(responses)) {
      if (status === '200') continue;
      const media = at(resolve(document, String($ref)), ...json);
      const one = at(media, 'schema', '$ref');
      const schemas = one === undefined ? (at(media, 'schema', 'oneOf') as { $ref: string }[]) : [{ $ref: String(one) }];
      byStatus.set(
        status,
        schemas.map((schema) => String(at(resolve(document, schema.$ref), 'properties', 'code', 'const'))),
      );
      for (const [code, { $ref: example }] of Object.entries<{ $ref: string }>(Object(at(media, 'examples')))) {
        expect(at(resolve(document, example), 'value'), code).toEqual({ success: false, ...exampleFailure(code as keyof typeof errors) });
      }
    }
    for (const code of failureCodes(endpoint, 'http')) expect(byStatus.get(String(errors[code].status)), code).toContain(code);
    expect([...byStatus.values()].flat().length).toBe(failureCodes(endpoint, 'http').length);
  });
});

describe.each(Object.entries<Webhook>(webhooks))('the webhook %s', (name, { method, path, summary, format, signed, sent, answer }) => {
  test('says who calls it, how it is signed, what is sent, and how it is answered', () => {
    const operation = at(document.paths, path, method.toLowerCase());
    expect(operation).toMatchObject({ operationId: `webhooks.${name}`, summary, tags: ['webhooks'], security: [] });
    expect(at(operation, 'description')).toContain(signed);
    const fields = Object.keys((sent as z.core.$ZodObject)._zod.def.shape);
    if (format === 'query') expect((at(operation, 'parameters') as Parameter[]).map((one) => one.name)).toEqual(fields);
    else {
      const type = format === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
      const body = resolve(document, String(at(operation, 'requestBody', 'content', type, 'schema', '$ref')));
      expect(Object.keys(Object(at(body, 'properties')))).toEqual(fields);
    }
    expect(Object.keys(Object(at(operation, 'responses', '200', 'content')))).toEqual([
      answer === 'envelope' ? 'application/json' : answer,
    ]);
    const statuses = new Set(['200', ...webhookErrors.map((code) => String(errors[code].status))]);
    expect(new Set(Object.keys(Object(at(operation, 'responses'))))).toEqual(statuses);
  });
});

test('a failure says its status, its code and the shape of its details', () => {
  expect(at(document, 'components', 'schemas', 'AlreadyInCallError')).toMatchObject({
    description: errors.ALREADY_IN_CALL.message,
    properties: {
      success: { const: false },
      status: { const: 409 },
      code: { const: 'ALREADY_IN_CALL' },
      details: { properties: { callId: { type: 'string' } }, required: ['callId'] },
    },
    required: ['success', 'status', 'code', 'details'],
  });
});

test('a refusal to hurry says when to come back', () => {
  expect(at(document, 'components', 'responses', 'RateLimited', 'headers')).toEqual({
    'Retry-After': { $ref: '#/components/headers/Retry-After' },
  });
});

test('what a caller sends is closed, what is answered may grow', () => {
  expect(at(document, 'components', 'schemas', 'AuthRegisterBody', 'additionalProperties')).toBe(false);
  expect(at(document, 'components', 'schemas', 'Person', 'additionalProperties')).toBeUndefined();
});

test('a default shows, and need not be sent', () => {
  const { schemas } = document.components;
  expect(at(schemas, 'CallsStartBody', 'required')).toEqual(['calleeId', 'type']);
  expect(at(schemas, 'CallsEndBody', 'properties', 'reason')).toMatchObject({ default: 'hang_up', enum: ['hang_up', 'failed'] });
});
