import * as z from 'zod';
import { basePath, type Endpoint, type EndpointId, type ErrorCode, endpoints, errors, exampleOf, failureCodes } from '../index';
import { failureExample, failuresInWords, inOrder, useFailures } from './failures';
import { groups } from './groups';
import { type DocumentOptions, type JsonObject, sorted, toJson, withoutSlash } from './json';
import { parametersOf } from './parameters';
import { type SchemaPool, schemaPool } from './schema-pool';
import { webhookOperations, webhookTag } from './webhooks';
import { endpointInWords, typeName } from './wording';

/** An OpenAPI 3.1 document; the parts that only readers of the whole need are plain JSON. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license?: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly security: readonly JsonObject[];
  /** By path, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly components: Readonly<Record<string, JsonObject>>;
}

const introduction = `Success is \`{ success: true, data, message? }\`, failure \`{ success: false, status, code, message, details?, requestId }\`
with a \`code\` out of a closed catalogue; tell failures apart by it. Lists take \`cursor\` and \`limit\` and answer
\`{ items, nextCursor }\`. Ids are UUIDv7, times ISO 8601 in UTC. Fields that are not described here are refused.

A path that is not described here answers \`UNKNOWN_ENDPOINT\`, a method that a path does not take \`METHOD_NOT_ALLOWED\`.
What happens live, and most of these endpoints too, comes over one socket: see the AsyncAPI document.`;

/** Failures that one stage of the pipeline answers together, under the name their response bears. */
const stages: Readonly<Record<string, readonly ErrorCode[]>> = {
  NotSignedIn: ['UNAUTHENTICATED', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'SESSION_REVOKED'],
  AccountNotUsable: ['ACCOUNT_SUSPENDED', 'ACCOUNT_BANNED', 'ACCOUNT_DELETED'],
};

function responseName(codes: readonly ErrorCode[]): string {
  const whole = Object.entries(stages).filter(([, stage]) => stage.every((code) => codes.includes(code)));
  const named = new Set(whole.flatMap(([, stage]) => stage));
  return [...whole.map(([name]) => name), ...codes.filter((code) => !named.has(code)).map(typeName)].join('Or');
}

const retryAfter: JsonObject = {
  description: 'Seconds until it is worth another try.',
  schema: { type: 'integer', minimum: 1 },
  example: 30,
};

/** What the operations share, gathered while they are written. */
interface Parts {
  readonly pool: SchemaPool;
  readonly responses: Map<string, JsonObject>;
  readonly examples: Map<string, JsonObject>;
}

function failureResponse({ pool, responses, examples }: Parts, status: number, codes: readonly ErrorCode[]): JsonObject {
  const name = responseName(codes);
  for (const code of codes) examples.set(code, { summary: errors[code].message, value: { success: false, ...failureExample(code) } });
  responses.set(name, {
    description: failuresInWords(codes),
    ...(status === 429 ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } } : {}),
    content: {
      'application/json': {
        schema: useFailures(pool, codes, 'http'),
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  });
  return { $ref: `#/components/responses/${name}` };
}

function responsesOf(parts: Parts, id: EndpointId, endpoint: Endpoint): JsonObject {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of inOrder(failureCodes(endpoint, 'http'))) {
    const { status } = errors[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const { output } = endpoint;
  const success = {
    description: z.globalRegistry.get(output)?.description ?? 'It is done.',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          allOf: [{ $ref: '#/components/schemas/Success' }],
          properties: { data: parts.pool.useAs(`${typeName(id)}Output`, output, 'output') },
          required: ['data'],
        },
        example: toJson({ success: true, data: exampleOf(output, 'output') }),
      },
    },
  };
  const failures = [...byStatus].sort(([a], [b]) => a - b);
  return {
    200: success,
    ...Object.fromEntries(failures.map(([status, codes]) => [status, failureResponse(parts, status, codes)])),
  };
}

function bodyOf({ pool }: Parts, id: EndpointId, { input, places, upload }: Endpoint): JsonObject {
  if (upload !== undefined) {
    const file = { type: 'string', contentMediaType: 'application/octet-stream', description: `At most ${upload.maxBytes} bytes.` };
    return {
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: { type: 'object', properties: { file }, required: ['file'] },
            encoding: { file: { contentType: upload.types.join(', ') } },
          },
        },
      },
    };
  }
  if (places.body.length === 0) return {};
  const { shape } = (input as z.core.$ZodObject)._zod.def;
  const body = z.strictObject(Object.fromEntries(Object.entries(shape).filter(([name]) => places.body.includes(name))));
  return {
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: pool.useAs(`${typeName(id)}Body`, body, 'input'), example: toJson(exampleOf(body, 'input')) },
      },
    },
  };
}

function operation(parts: Parts, id: EndpointId, endpoint: Endpoint, parameters: readonly JsonObject[]): JsonObject {
  const { access, idempotency, limit, summary, transport } = endpoint;
  const overSocket = transport === 'both' ? [`Also over the socket, as \`${id}\`.`] : [];
  return {
    operationId: id,
    tags: [id.slice(0, id.indexOf('.'))],
    summary,
    description: [...endpointInWords(endpoint, 'http'), ...overSocket].join('\n\n'),
    ...(access === 'public' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(parts, id, endpoint),
    responses: responsesOf(parts, id, endpoint),
    'x-access': access,
    'x-idempotency': idempotency,
    'x-socket': transport === 'both',
    ...(limit === undefined ? {} : { 'x-rate-limit': toJson(limit) }),
  };
}

/** `/calls/:callId` as OpenAPI writes it: `/calls/{callId}`. */
function templated(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

/**
 * The HTTP side of the platform as an OpenAPI 3.1 document, written anew from the contracts at each call: every endpoint
 * that is served over HTTP, with everything it takes and every answer it can give, and every webhook.
 */
export function openApiDocument({ title, version, serverUrl = '', license }: DocumentOptions): OpenApiDocument {
  const parts: Parts = { pool: schemaPool('draft-2020-12'), responses: new Map(), examples: new Map() };
  parts.pool.define('Success', {
    type: 'object',
    description: 'How a call that went well is answered.',
    properties: {
      success: { const: true },
      data: { description: 'What the endpoint answers.' },
      message: { type: 'string', description: 'A word for people, where there is one.' },
    },
    required: ['success', 'data'],
  });

  const served = (Object.entries(endpoints) as [EndpointId, Endpoint][]).filter(([, { transport }]) => transport !== 'socket');
  const parameters = parametersOf(parts.pool, served);
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const [id, endpoint] of served) {
    const path = templated(endpoint.path);
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(parts, id, endpoint, parameters.of(id)) };
  }
  for (const { path, method, operation: called } of webhookOperations(parts.pool, (status, codes) =>
    failureResponse(parts, status, codes),
  )) {
    paths[path] = { ...paths[path], [method]: called };
  }
  const inUse = new Set(served.map(([id]) => id.slice(0, id.indexOf('.'))));
  return {
    openapi: '3.1.0',
    info: {
      title,
      version,
      description: introduction,
      ...(license === undefined ? {} : { license: { name: license, identifier: license } }),
    },
    servers: [{ url: `${withoutSlash(serverUrl)}${basePath}`, description: 'The service.' }],
    tags: [...Object.entries(groups).flatMap(([name, description]) => (inUse.has(name) ? [{ name, description }] : [])), webhookTag],
    security: [{ accessToken: [] }],
    paths,
    components: {
      schemas: parts.pool.components(),
      parameters: parameters.components,
      headers: { 'Retry-After': retryAfter },
      responses: sorted(parts.responses),
      examples: sorted(parts.examples),
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of `auth.login`, `auth.register` or `auth.refreshToken`.',
        },
      },
    },
  };
}
