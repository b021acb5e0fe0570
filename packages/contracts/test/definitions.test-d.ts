import { describe, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import type { CodesOf, ErrorCode, EventData, InputOf, OutputOf, WireInputOf } from '../src';
import { Done, endpoint, event, Id, signal } from '../src';

// Each refusal stands beside the same definition without its fault, so that nothing else can be what does not compile.
const base = { method: 'POST', summary: 'Do it.', access: 'user', output: Done } as const;
const limit = z.int().default(20);
const note = z.string().optional();

describe('a name used twice in an input', () => {
  test('does not compile in path and body', () => {
    endpoint({ ...base, path: '/people/:userId', params: { userId: Id }, body: { note } });
    // @ts-expect-error userId stands in the path and in the body
    endpoint({ ...base, path: '/people/:userId', params: { userId: Id }, body: { userId: Id } });
  });

  test('does not compile in path and query', () => {
    endpoint({ ...base, path: '/people/:userId', params: { userId: Id }, query: { note } });
    // @ts-expect-error userId stands in the path and in the query
    endpoint({ ...base, path: '/people/:userId', params: { userId: Id }, query: { userId: Id } });
  });

  test('does not compile in query and body', () => {
    endpoint({ ...base, path: '/people', query: { limit }, body: { note } });
    // @ts-expect-error note stands in the query and in the body
    endpoint({ ...base, path: '/people', query: { limit, note }, body: { note } });
  });
});

describe('params', () => {
  test('match the path', () => {
    endpoint({ ...base, path: '/people/:userId/photos/:photoId', params: { userId: Id, photoId: Id } });
    endpoint({ ...base, path: '/people' });
  });

  test('may not be left out', () => {
    // @ts-expect-error the path names userId
    endpoint({ ...base, path: '/people/:userId' });
  });

  test('may not be too few', () => {
    // @ts-expect-error the path names photoId too
    endpoint({ ...base, path: '/people/:userId/photos/:photoId', params: { userId: Id } });
  });

  test('may not be too many', () => {
    // @ts-expect-error the path does not name photoId
    endpoint({ ...base, path: '/people/:userId', params: { userId: Id, photoId: Id } });
    // @ts-expect-error the path names nothing
    endpoint({ ...base, path: '/people', params: { userId: Id } });
  });
});

describe('what an endpoint names', () => {
  test('is an error of the catalogue', () => {
    endpoint({ ...base, path: '/people', errors: ['USER_NOT_FOUND'] });
    // @ts-expect-error there is no such code
    endpoint({ ...base, path: '/people', errors: ['USER_NOT_FUOND'] });
  });

  test('is an access that exists', () => {
    endpoint({ ...base, path: '/people', access: 'users:read' });
    // @ts-expect-error there is no such permission
    endpoint({ ...base, path: '/people', access: 'users:raed' });
  });

  test('is a schema as its output', () => {
    // @ts-expect-error a value is not a schema
    endpoint({ ...base, path: '/people', output: { done: true } });
  });

  test('is kept in its type', () => {
    const made = endpoint({ ...base, path: '/people', errors: ['USER_NOT_FOUND', 'NOT_MATCHED'] });
    expectTypeOf<CodesOf<typeof made>>().toEqualTypeOf<'USER_NOT_FOUND' | 'NOT_MATCHED'>();
    expectTypeOf(made.access).toEqualTypeOf<'user'>();
    const silent = endpoint({ ...base, path: '/people' });
    expectTypeOf<CodesOf<typeof silent>>().toEqualTypeOf<never>();
  });
});

describe('an input', () => {
  const made = endpoint({ ...base, path: '/people/:userId', params: { userId: Id }, query: { limit }, body: { note, name: z.string() } });

  test('lets a caller leave out what has a default', () => {
    expectTypeOf<WireInputOf<typeof made>>().toEqualTypeOf<{
      userId: string;
      name: string;
      limit?: number | undefined;
      note?: string | undefined;
    }>();
  });

  test('gives the handler every default', () => {
    expectTypeOf<InputOf<typeof made>>().toEqualTypeOf<{ userId: string; name: string; limit: number; note?: string | undefined }>();
  });

  test('of nothing has no fields', () => {
    const empty = endpoint({ ...base, path: '/people' });
    expectTypeOf<keyof WireInputOf<typeof empty>>().toEqualTypeOf<never>();
    expectTypeOf<keyof InputOf<typeof empty>>().toEqualTypeOf<never>();
  });
});

test('an output is what its schema says', () => {
  const made = endpoint({ ...base, path: '/people', output: z.object({ revoked: z.int() }) });
  expectTypeOf<OutputOf<typeof made>>().toEqualTypeOf<{ revoked: number }>();
  const right: OutputOf<typeof made> = { revoked: 2 };
  // @ts-expect-error revoked is a number
  const wrong: OutputOf<typeof made> = { revoked: '2' };
  // @ts-expect-error revoked is missing
  const missing: OutputOf<typeof made> = {};
  // @ts-expect-error nothing else is declared
  const more: OutputOf<typeof made> = { revoked: 2, passwordHash: '' };
  expectTypeOf([right, wrong, missing, more]).toEqualTypeOf<{ revoked: number }[]>();
});

describe('an event', () => {
  const told = { summary: 'It happened.', audience: 'Everyone.' };
  const data = z.object({ userId: Id });

  test('that only the server sends has no signal', () => {
    const made = event({ ...told, delivery: 'durable', data });
    expectTypeOf(made.signal).toEqualTypeOf<undefined>();
    expectTypeOf<EventData<typeof made>>().toEqualTypeOf<{ userId: string }>();
    // @ts-expect-error an event is kept or it is not
    event({ ...told, delivery: 'sometimes', data });
  });

  test('that a device sends has its fields and its errors', () => {
    const made = signal({ ...told, data, fields: { conversationId: Id, note }, errors: ['CONVERSATION_NOT_FOUND'] });
    expectTypeOf<WireInputOf<typeof made.signal>>().toEqualTypeOf<{ conversationId: string; note?: string | undefined }>();
    expectTypeOf<CodesOf<typeof made.signal>>().toEqualTypeOf<'CONVERSATION_NOT_FOUND'>();
    // @ts-expect-error there is no such code
    signal({ ...told, data, fields: { conversationId: Id }, errors: ['NO_SUCH_CODE'] });
  });
});

test('codes are a closed catalogue', () => {
  // @ts-expect-error there is no such code
  const wrong: ErrorCode = 'NO_SUCH_CODE';
  expectTypeOf(wrong).toExtend<string>();
});
