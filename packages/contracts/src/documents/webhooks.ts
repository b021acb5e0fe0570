import type * as z from 'zod';
import { type ErrorCode, errors, exampleOf, type Webhook, webhookErrors, webhooks } from '../index';
import { inOrder } from './failures';
import { type JsonObject, toJson } from './json';
import { parameter } from './parameters';
import type { SchemaPool } from './schema-pool';
import { typeName } from './wording';

/** The tag of webhooks, and what it is about. */
export const webhookTag = {
  name: 'webhooks',
  description: 'What providers call, in shapes of their own. Each checks a signature; nothing happens twice for what is sent twice.',
};

const mediaTypes = { json: 'application/json', form: 'application/x-www-form-urlencoded' } as const;

function sentIn(pool: SchemaPool, id: string, { format, sent }: Webhook): JsonObject {
  if (format === 'query') {
    const { shape } = (sent as z.core.$ZodObject)._zod.def;
    return { parameters: Object.entries(shape).map(([name, schema]) => parameter(pool, name, 'query', schema)) };
  }
  const schema = pool.useAs(`${typeName(id)}Body`, sent, 'input');
  return { requestBody: { required: true, content: { [mediaTypes[format]]: { schema, example: toJson(exampleOf(sent, 'input')) } } } };
}

function success({ answer }: Webhook): JsonObject {
  const schema: JsonObject = answer === 'envelope' ? { $ref: '#/components/schemas/Success' } : { type: 'string' };
  const example = answer === 'envelope' ? { success: true, data: { done: true } } : answer === 'text/plain' ? '1158201444' : '<Response/>';
  return {
    description: 'It was taken; also where it was taken before.',
    content: { [answer === 'envelope' ? 'application/json' : answer]: { schema, example } },
  };
}

/** Every webhook as an operation. `failure` writes the answer of a status. */
export function webhookOperations(
  pool: SchemaPool,
  failure: (status: number, codes: readonly ErrorCode[]) => JsonObject,
): readonly { readonly path: string; readonly method: string; readonly operation: JsonObject }[] {
  return Object.entries<Webhook>(webhooks).map(([name, webhook]) => {
    const id = `webhooks.${name}`;
    const byStatus = new Map<number, ErrorCode[]>();
    for (const code of inOrder([...webhookErrors, ...(webhook.format === 'json' ? (['MALFORMED_JSON'] as const) : [])])) {
      const { status } = errors[code];
      byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
    }
    const responses = [...byStatus].sort(([a], [b]) => a - b).map(([status, codes]) => [status, failure(status, codes)] as const);
    const operation: JsonObject = {
      operationId: id,
      tags: [webhookTag.name],
      summary: webhook.summary,
      description: [
        ...(webhook.description === undefined ? [] : [webhook.description]),
        `Called by: ${webhook.provider}. Signed: ${webhook.signed}`,
      ].join('\n\n'),
      security: [],
      ...sentIn(pool, id, webhook),
      responses: { 200: success(webhook), ...Object.fromEntries(responses) },
      'x-access': 'signature',
    };
    return { path: webhook.path, method: webhook.method.toLowerCase(), operation };
  });
}
