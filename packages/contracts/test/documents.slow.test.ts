import { Parser } from '@asyncapi/parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, test } from 'vitest';
import { type AsyncApiDocument, asyncApiDocument, openApiDocument } from '../src/documents';
import { at, options } from './document';

// The documents as others read them, by tools that take seconds each. What we know of them ourselves is in `openapi.test.ts` and
// `asyncapi.test.ts`.

const json = ['content', 'application/json'];

describe('the OpenAPI document', () => {
  const document = openApiDocument(options);

  async function problems(written: unknown): Promise<string[]> {
    const config = await createConfig({ extends: ['recommended'] });
    const found = await lintFromString({ source: JSON.stringify(written), config });
    return found.map(({ severity, ruleId, message, location }) => `${severity} ${ruleId}: ${message} (${location[0]?.pointer})`);
  }

  test('is faultless to Redocly’s recommended rules, examples included', async () => {
    expect(await problems(document)).toEqual([]);
  });

  test('is looked at closely: faults put in are found', async () => {
    const broken = JSON.parse(JSON.stringify(document));
    const operation = Object(at(broken, 'paths', '/messages/{messageId}', 'patch'));
    Reflect.set(Object(at(operation, 'responses', '200', ...json, 'example', 'data')), 'seq', 'thirteen');
    Reflect.set(Object(at(operation, 'requestBody', ...json, 'example')), 'colour', 'red');
    Reflect.set(Object(at(operation, 'responses', '404')), '$ref', '#/components/responses/Nowhere');
    const found = (await problems(broken)).join('\n');
    expect(found).toMatch(/no-invalid-media-type-examples.*integer/);
    expect(found).toMatch(/no-invalid-media-type-examples.*colour/);
    expect(found).toMatch(/no-unresolved-refs/);
  });
});

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument(options);

  /**
   * The document with messages that carry anything. The parser writes each message out wherever it is referred to, with all that
   * its schemas refer to, and would take most of a minute; what messages carry is looked at in `asyncapi.test.ts`.
   */
  function frame({ components: { schemas: _, messages, ...components }, ...document }: AsyncApiDocument): object {
    const emptied = Object.entries(Object(messages)).map(([name, message]) => {
      const { payload: __, examples: ___, ...rest } = Object(message);
      return [name, rest];
    });
    return { ...document, components: { ...components, messages: Object.fromEntries(emptied) } };
  }

  /** Errors and warnings; the parser's hint that there is a newer AsyncAPI is neither. */
  async function problems(written: unknown): Promise<string[]> {
    const { diagnostics } = await new Parser().parse(JSON.stringify(written));
    return diagnostics.filter(({ severity }) => severity <= 1).map(({ code, message, path }) => `${code}: ${message} (${path.join('/')})`);
  }

  // The parser takes seconds for a document of this size.
  test('is faultless to the AsyncAPI parser', { timeout: 120_000 }, async () => {
    expect(await problems(frame(document))).toEqual([]);
  });

  test('is looked at closely: faults put in are found', { timeout: 120_000 }, async () => {
    const broken = JSON.parse(JSON.stringify(frame(document)));
    Reflect.set(Object(at(broken, 'operations', 'connection.ping')), 'action', 'shout');
    Reflect.set(
      Object(at(broken, 'operations', 'messages.send', 'reply', 'messages', '0')),
      '$ref',
      '#/channels/realtime/messages/nowhere',
    );
    const found = (await problems(broken)).join('\n');
    expect(found).toMatch(/"action" property must be equal to one of the allowed values/);
    expect(found).toMatch(/nowhere' does not exist/);
  });
});
