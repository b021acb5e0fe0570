import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  closeCodes,
  type Event,
  type EventName,
  exampleEvent,
  exampleInput,
  exampleOutput,
  failureCodes,
  signalFailureCodes,
} from '../src';
import { type AsyncApiDocument, asyncApiDocument } from '../src/documents';
import { at, dangling, options, references, resolve, unused } from './document';
import { everyEndpoint, everyEvent } from './walk';

const callable = everyEndpoint.filter(([, { transport }]) => transport !== 'http');

let document: AsyncApiDocument;
beforeAll(() => {
  document = asyncApiDocument(options);
});

/** A message as an operation refers to it: from the operation to the channel, and from there to the component. */
function messageAt(reference: unknown): unknown {
  const inChannel = resolve(document, String(at(reference, '$ref')));
  return resolve(document, String(at(inChannel, '$ref')));
}

function messagesOf(operation: string, ...path: string[]): unknown[] {
  return ((at(document.operations, operation, ...path, 'messages') ?? []) as unknown[]).map(messageAt);
}

function codesOf(messages: readonly unknown[]): string[] {
  return messages
    .map((message) => String(at(message, 'name')))
    .flatMap((name) => (name.startsWith('error.') ? [name.slice('error.'.length)] : []));
}

describe('the AsyncAPI document', () => {
  test('shows examples that fit their schemas, and would not fit others', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false }).addSchema(document, 'document');
    const fits = (name: string, payload: unknown) => ajv.validate({ $ref: `document#/components/messages/${name}/payload` }, payload);
    const names = Object.keys(Object(document.components.messages));
    for (const name of names) {
      const example = at(document.components.messages, name, 'examples', '0', 'payload');
      expect(fits(name, example), `${name}: ${ajv.errorsText()}`).toBe(true);
      expect(fits(name, { ...Object(example), id: 'seven', seq: 'one', ping: 'x', pong: 'x' }), name).toBe(false);
    }
    const sent = at(document.components.messages, 'messages.send.call', 'examples', '0', 'payload');
    expect(fits('messages.edit.call', sent)).toBe(false);
    expect(fits('messages.send.call', { ...Object(sent), input: {} })).toBe(false);
  });

  test('points at nothing that is not there, and holds nothing that is not used', () => {
    expect(references(document).length).toBeGreaterThan(300);
    expect(dangling(document)).toEqual([]);
    expect(unused(document)).toEqual([]);
  });

  test('is the same each time', () => {
    expect(JSON.stringify(asyncApiDocument(options))).toBe(JSON.stringify(document));
  });

  test('says where the socket is', () => {
    expect(document.servers).toMatchObject({ main: { host: 'api.heartline.test', protocol: 'wss' } });
    expect(asyncApiDocument({ ...options, serverUrl: 'http://127.0.0.1:3000' }).servers).toMatchObject({
      main: { host: '127.0.0.1:3000', protocol: 'ws' },
    });
    expect(asyncApiDocument({ title: 'T', version: '1' })).not.toHaveProperty('servers');
    expect(asyncApiDocument({ ...options, serverUrl: 'https://heartline.test/service/' }).servers).toMatchObject({
      main: { host: 'heartline.test', pathname: '/service', protocol: 'wss' },
    });
    expect(() => asyncApiDocument({ ...options, serverUrl: 'ftp://heartline.test' })).toThrow('ftp://heartline.test');
    expect(document.channels.realtime.address).toBe('/api/v1/realtime');
  });

  test('tells every close code', () => {
    for (const [name, code] of Object.entries(closeCodes))
      expect(document.channels.realtime.description).toContain(`| ${code} | \`${name}\` |`);
  });

  test('has every call, signal and event of the socket, and no other', () => {
    const expected = [
      ...callable.map(([id]) => id),
      ...everyEvent.map(([name]) => `hear.${name.replace(':', '.')}`),
      ...everyEvent.filter(([, { signal }]) => signal !== undefined).map(([name]) => `emit.${name.replace(':', '.')}`),
      'connection.ping',
      'connection.refuse',
    ];
    expect(Object.keys(document.operations).toSorted()).toEqual(expected.toSorted());
    expect(document.operations).not.toHaveProperty('auth.login');
    expect(document.operations).toHaveProperty('realtime.open');
  });
});

describe.each(callable)('the call %s', (id, endpoint) => {
  test('is received, and answered with its id or with one of its errors', () => {
    expect(document.operations[id]).toMatchObject({ action: 'receive', summary: endpoint.summary });
    const [call, ...more] = messagesOf(id);
    expect(more).toEqual([]);
    expect(at(call, 'payload', 'properties', 'call', 'const')).toBe(id);
    expect(at(call, 'examples', '0', 'payload')).toEqual({ id: 7, call: id, input: exampleInput(id) });
    expect(at(call, 'correlationId')).toEqual({ $ref: '#/components/correlationIds/frame' });

    const replies = messagesOf(id, 'reply');
    expect(at(replies[0], 'examples', '0', 'payload')).toEqual({ id: 7, ok: true, data: exampleOutput(id) });
    expect(at(replies[0], 'correlationId')).toEqual({ $ref: '#/components/correlationIds/frame' });
    expect(codesOf(replies).toSorted()).toEqual([...failureCodes(endpoint, 'socket')].toSorted());
    expect(replies.length).toBe(1 + failureCodes(endpoint, 'socket').length);
  });
});

describe.each(everyEvent)('the event %s', (name, { audience, delivery, signal, summary }: Event) => {
  const place = name.replace(':', '.');

  test('is sent to its audience, with its place in the log if it is kept', () => {
    expect(document.operations[`hear.${place}`]).toMatchObject({
      action: 'send',
      summary,
      tags: [{ $ref: `#/components/tags/${delivery}` }],
    });
    expect(at(document.operations, `hear.${place}`, 'description')).toContain(audience);
    const [message] = messagesOf(`hear.${place}`);
    expect(at(message, 'payload', 'properties', 'event', 'const')).toBe(name);
    expect(at(message, 'payload', 'required')).toEqual(delivery === 'durable' ? ['seq', 'event', 'data'] : ['event', 'data']);
    expect(at(message, 'examples', '0', 'payload', 'data')).toEqual(exampleEvent(name as EventName));
    expect(
      resolve(
        document,
        String(at(message, 'payload', 'properties', 'data', '$ref') ?? at(message, 'payload', 'properties', 'data', 'allOf', '0', '$ref')),
      ),
    ).toBeDefined();
  });

  test('is received where a device may send it', () => {
    const operation = document.operations[`emit.${place}`];
    if (signal === undefined) return expect(operation).toBeUndefined();
    expect(operation).toMatchObject({ action: 'receive' });
    expect(at(messagesOf(`emit.${place}`)[0], 'payload', 'properties', 'emit', 'const')).toBe(name);
    expect(codesOf(messagesOf(`emit.${place}`, 'reply')).toSorted()).toEqual([...signalFailureCodes(signal)].toSorted());
  });
});

test('a frame that is nothing known is refused with a code of its own', () => {
  expect(codesOf(messagesOf('connection.refuse'))).toEqual(
    expect.arrayContaining(['MALFORMED_FRAME', 'UNKNOWN_ENDPOINT', 'NOT_OVER_SOCKET']),
  );
  expect(at(messagesOf('connection.ping', 'reply')[0], 'examples', '0', 'payload')).toEqual({ pong: 1 });
});
