import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  type ErrorCode,
  type ErrorDefinition,
  type EventName,
  endpoints,
  errors,
  events,
  exampleEvent,
  exampleFailure,
  exampleInput,
  exampleOf,
  exampleOutput,
  exampleSignal,
  Failure,
  type SignalName,
} from '../src';
import { everyEndpoint, everyRoot, walk } from './walk';

describe('examples from the contracts', () => {
  test.each(everyEndpoint.map(([id]) => id))('%s: input and output are valid', (id) => {
    const { input, output } = endpoints[id];
    expect(z.safeParse(input, exampleInput(id)).error).toBeUndefined();
    expect(z.safeParse(output, exampleOutput(id)).error).toBeUndefined();
  });

  test.each(Object.keys(events) as EventName[])('%s: data is valid', (name) => {
    expect(z.safeParse(events[name].data, exampleEvent(name)).error).toBeUndefined();
  });

  const signals = (Object.keys(events) as EventName[]).filter((name): name is SignalName => events[name].signal !== undefined);
  test.each(signals)('%s: what a device sends is valid', (name) => {
    expect(z.safeParse(events[name].signal.input, exampleSignal(name)).error).toBeUndefined();
  });

  test.each(Object.keys(errors) as ErrorCode[])('%s: the failure and its details are valid', (code) => {
    const failure = exampleFailure(code);
    const { status, message, details }: ErrorDefinition = errors[code];
    expect(z.safeParse(Failure, failure).error).toBeUndefined();
    expect(failure).toMatchObject({ status, code, message });
    if (details === undefined) expect(failure).not.toHaveProperty('details');
    else expect(z.safeParse(details, failure.details).error).toBeUndefined();
  });

  test('every single example of every part is valid', () => {
    let seen = 0;
    for (const [place, root] of everyRoot) {
      walk(place, root, (where, schema) => {
        const examples = z.globalRegistry.get(schema)?.examples;
        if (!Array.isArray(examples)) return;
        for (const example of examples) {
          seen += 1;
          expect(z.safeParse(schema, example).error, where).toBeUndefined();
        }
      });
    }
    expect(seen).toBeGreaterThan(100);
  });

  test('they survive the wire unchanged', () => {
    for (const [id] of everyEndpoint) {
      expect(JSON.parse(JSON.stringify(exampleOutput(id))), id).toEqual(exampleOutput(id));
      expect(JSON.parse(JSON.stringify(exampleInput(id))), id).toEqual(exampleInput(id));
    }
  });

  /** A cursor, which nobody can make up, and what cannot stand beside something else that is shown. */
  const leftOut = [
    'cursor',
    'messages.history around',
    'messages.send mediaId',
    'media.upload posterId',
    'media.upload as',
    'messages.send envelope',
    'messages.edit envelope',
    'location.set latitude',
    'location.set longitude',
    'location.setPassport latitude',
    'location.setPassport longitude',
  ];

  test('an input shows every field, but for what cannot be shown', () => {
    for (const [id, { input }] of everyEndpoint) {
      const names = Object.keys((input as z.core.$ZodObject)._zod.def.shape).filter(
        (name) => !leftOut.includes(name) && !leftOut.includes(`${id} ${name}`),
      );
      expect(Object.keys(Object(exampleInput(id))), id).toEqual(names);
    }
  });

  test('they tell one story', () => {
    const sent = exampleOutput('messages.send');
    expect(exampleInput('messages.send')).toMatchObject({ conversationId: sent.conversationId, clientId: sent.clientId, text: sent.text });
    expect(exampleOutput('conversations.list').items[0]).toMatchObject({ id: sent.conversationId, lastMessage: sent });
    expect(exampleEvent('message:created').message).toEqual(sent);
    expect(sent.senderId).toBe(exampleOutput('users.me').id);
    expect(exampleOutput('conversations.get').members).toContainEqual({ userId: sent.senderId, readSeq: sent.seq, deliveredSeq: sent.seq });
    expect(exampleInput('conversations.markRead').seq).toBe(sent.seq);
    const { person } = exampleOutput('matches.matches').items[0] ?? {};
    expect(person?.id).toBe(exampleInput('swipes.swipe').userId);
    expect(exampleOutput('calls.start')).toMatchObject({ caller: { id: sent.senderId }, callee: person });
    expect(exampleOutput('calls.accept').state).toBe('in_progress');
    expect(exampleOutput('calls.end').state).toBe('completed');
    expect(exampleEvent('call:missed').call.state).toBe('missed');
    const { text } = exampleInput('messages.edit');
    expect(exampleOutput('messages.edit')).toEqual({ ...sent, text, editedAt: expect.any(String), revision: 1 });
    expect(exampleOutput('messages.delete')).toEqual({ ...sent, text: null, deletedAt: expect.any(String), revision: 2 });
  });
});

describe('exampleOf', () => {
  test('takes the schema’s own example before those of its parts', () => {
    const schema = z.object({ name: z.string().meta({ examples: ['part'] }) }).meta({ examples: [{ name: 'whole' }] });
    expect(exampleOf(schema, 'output')).toEqual({ name: 'whole' });
  });

  test('puts an example together from the parts', () => {
    const part = z.object({ name: z.string().meta({ examples: ['Ada'] }), age: z.int().meta({ examples: [29] }) });
    expect(exampleOf(z.object({ all: z.array(part), one: part.nullable(), maybe: part.optional() }), 'output')).toEqual({
      all: [{ name: 'Ada', age: 29 }],
      one: { name: 'Ada', age: 29 },
      maybe: { name: 'Ada', age: 29 },
    });
  });

  test('leaves out a part whose example is undefined', () => {
    expect(
      exampleOf(
        z.object({
          cursor: z
            .string()
            .optional()
            .meta({ examples: [undefined] }),
        }),
        'input',
      ),
    ).toEqual({});
  });

  test.each([
    ['text', z.string()],
    ['short text', z.string().min(1).max(2)],
    ['long text', z.string().min(40)],
    ['text of one length', z.string().length(17)],
    ['email', z.email()],
    ['url', z.url()],
    ['uuid', z.uuid()],
    ['uuidv7', z.uuidv7()],
    ['date', z.iso.date()],
    ['time', z.iso.time()],
    ['moment', z.iso.datetime()],
    ['duration', z.iso.duration()],
    ['ipv4', z.ipv4()],
    ['ipv6', z.ipv6()],
    ['base64', z.base64()],
    ['base64url', z.base64url()],
    ['phone', z.e164()],
    ['token', z.jwt()],
    ['integer', z.int()],
    ['low number', z.number().max(-3)],
    ['high integer', z.int().min(18).max(120)],
    ['positive integer', z.int().gt(4).lt(6)],
    ['boolean', z.boolean()],
    ['null', z.null()],
    ['literal', z.literal('webrtc')],
    ['enum', z.enum(['audio', 'video'])],
    ['unknown', z.unknown()],
    ['array', z.array(z.string())],
    ['long array', z.array(z.int()).min(3)],
    ['empty array', z.array(z.int()).max(0)],
    ['tuple', z.tuple([z.string(), z.int()])],
    ['record', z.record(z.string(), z.int())],
    ['union', z.union([z.int(), z.string()])],
    ['discriminated union', z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })])],
    ['intersection', z.intersection(z.object({ a: z.int() }), z.object({ b: z.string() }))],
    ['default', z.int().default(20)],
    ['readonly', z.array(z.int()).readonly()],
    ['strict object', z.strictObject({ a: z.int(), b: z.string().optional() })],
    ['lazy', z.lazy(() => z.int())],
  ] as const)('without any example: %s', (_name, schema) => {
    const output: unknown = exampleOf<unknown, unknown>(schema, 'output');
    expect(z.safeParse(schema, output).error).toBeUndefined();
    const input: unknown = exampleOf<unknown, unknown>(schema, 'input');
    expect(z.safeParse(schema, input).error).toBeUndefined();
  });

  test('shows what goes in where that is not what comes out', () => {
    const text = z.string().meta({ examples: ['12'] });
    const schema = z
      .pipe(
        text,
        z.transform((value: string) => Number(value)),
      )
      .meta({ examples: [12] });
    expect(exampleOf(schema, 'input')).toBe('12');
  });

  test('is a new value each time', () => {
    const first = exampleOutput('messages.edit');
    first.text = 'changed';
    expect(exampleOutput('messages.edit').text).not.toBe('changed');
  });

  test('says so where it cannot make one', () => {
    const never = z.object({ code: z.string().regex(/^\d{6}$/) }).meta({ id: 'OneTimeCode' });
    expect(() => exampleOf(never, 'output')).toThrow(/OneTimeCode[\s\S]*code/);
    expect(
      exampleOf(
        z
          .string()
          .regex(/^\d{6}$/)
          .meta({ examples: ['042117'] }),
        'output',
      ),
    ).toBe('042117');
  });
});
