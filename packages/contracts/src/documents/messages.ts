import * as z from 'zod';
import {
  ClientFrame,
  Done,
  type Endpoint,
  type ErrorCode,
  type Event,
  errors,
  exampleFailure,
  exampleOf,
  ServerFrame,
  type Signal,
} from '../index';
import { inOrder, useFailure } from './failures';
import { type JsonObject, sorted, toJson } from './json';
import type { SchemaPool } from './schema-pool';
import { typeName } from './wording';

/** The messages of the socket. Each function describes one among the components, and answers the name it has there. */
export interface Messages {
  call(id: string, endpoint: Endpoint): string;
  answer(id: string, endpoint: Endpoint): string;
  signal(name: string, signal: Signal): string;
  signalAnswer(): string;
  event(name: string, event: Event): string;
  ping(): string;
  pong(): string;
  /** One message for each of the codes, in the catalogue's order. */
  failures(codes: readonly ErrorCode[]): readonly string[];
  /** Every message so far, by name. */
  all(): JsonObject;
}

const framesByName = new Map(
  [...ClientFrame.options, ...ServerFrame.options].map((frame) => [z.globalRegistry.get(frame)?.id ?? '', frame]),
);

function frame(name: 'CallFrame' | 'SignalFrame' | 'PingFrame' | 'AnswerFrame' | 'ErrorFrame' | 'EventFrame' | 'PongFrame') {
  const found = framesByName.get(name);
  if (found === undefined) throw new Error(`There is no frame named ${name}.`);
  return found;
}

const answersFrame: JsonObject = { correlationId: { $ref: '#/components/correlationIds/frame' } };

const exampleId = 7;

export function socketMessages(pool: SchemaPool): Messages {
  const messages = new Map<string, JsonObject>();

  function add(name: string, message: JsonObject & { title: string }, payload: JsonObject, examples: JsonObject[]): string {
    messages.set(name, { name, ...message, payload, examples });
    return name;
  }

  /** One of the frames, with what this message says in it. */
  function framed(name: Parameters<typeof frame>[0], properties: JsonObject, required: readonly string[]): JsonObject {
    return { type: 'object', allOf: [pool.use(frame(name), 'output')], properties, required };
  }

  function failure(code: ErrorCode): string {
    return add(
      `error.${code}`,
      { title: code, summary: errors[code].message, ...answersFrame },
      framed('ErrorFrame', { error: useFailure(pool, code, 'socket') }, ['error']),
      [{ payload: toJson({ id: exampleId, ok: false, error: exampleFailure(code) }) }],
    );
  }

  return {
    call(id, { input, summary }) {
      const json = pool.useAs(`${typeName(id)}Input`, input, 'input');
      const example = exampleOf(input, 'input');
      const mustSend = !z.safeParse(input, {}).success;
      return add(
        `${id}.call`,
        { title: id, summary, ...answersFrame },
        framed('CallFrame', { call: { const: id }, input: json }, mustSend ? ['call', 'input'] : ['call']),
        [{ payload: toJson({ id: exampleId, call: id, input: example }) }],
      );
    },

    answer(id, { output }) {
      return add(
        `${id}.answer`,
        { title: `${id}: answer`, summary: z.globalRegistry.get(output)?.description ?? 'It is done.', ...answersFrame },
        framed('AnswerFrame', { data: pool.useAs(`${typeName(id)}Output`, output, 'output') }, ['data']),
        [{ payload: toJson({ id: exampleId, ok: true, data: exampleOf(output, 'output') }) }],
      );
    },

    signal(name, { input }) {
      return add(
        `${place(name)}.signal`,
        { title: name, summary: 'Answered only where it has an `id`, or when it fails.', ...answersFrame },
        framed('SignalFrame', { emit: { const: name }, data: pool.useAs(`${typeName(name)}Signal`, input, 'input') }, ['emit', 'data']),
        [{ payload: toJson({ emit: name, data: exampleOf(input, 'input') }) }],
      );
    },

    signalAnswer() {
      return add(
        'signal.answer',
        { title: 'Signal: answer', summary: 'The signal was passed on to whoever is there.', ...answersFrame },
        framed('AnswerFrame', { data: pool.use(Done, 'output') }, ['data']),
        [{ payload: { id: exampleId, ok: true, data: { done: true } } }],
      );
    },

    event(name, { data, delivery, summary }) {
      const isDurable = delivery === 'durable';
      const json = pool.useAs(`${typeName(name)}Data`, data, 'output');
      return add(
        `${place(name)}.event`,
        { title: name, summary },
        framed('EventFrame', { event: { const: name }, data: json }, isDurable ? ['seq', 'event', 'data'] : ['event', 'data']),
        [{ payload: toJson({ ...(isDurable ? { seq: 42 } : {}), event: name, data: exampleOf(data, 'output') }) }],
      );
    },

    ping: () => add('ping', { title: 'Ping' }, pool.use(frame('PingFrame'), 'input'), [{ payload: { ping: 1 } }]),
    pong: () => add('pong', { title: 'Pong' }, pool.use(frame('PongFrame'), 'output'), [{ payload: { pong: 1 } }]),
    failures: (codes) => inOrder(codes).map(failure),
    all: () => sorted(messages),
  };
}

/** An event's name where a colon may not stand. */
function place(name: string): string {
  return name.replace(':', '.');
}
