import { endpoint, type InputOf, type OutputOf } from '@app/contracts';
import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { type Context, type Handler, implement } from '../src';

const Thing = z.object({ id: z.string(), size: z.int() });
const things = {
  get: endpoint({
    method: 'GET',
    path: '/things/:thingId',
    summary: 'One thing.',
    access: 'user',
    params: { thingId: z.string() },
    query: { limit: z.int().default(20) },
    output: Thing,
    errors: ['USER_NOT_FOUND', 'CLIENT_ID_REUSED'],
  }),
  ping: endpoint({ method: 'GET', path: '/ping', summary: 'Nothing.', access: 'public', output: z.object({ ok: z.boolean() }) }),
};

const ping: Handler<typeof things.ping> = () => ({ ok: true });

describe('implement', () => {
  it('hands the handler its parsed input and its caller', () => {
    expectTypeOf<InputOf<typeof things.get>>().toEqualTypeOf<{ thingId: string; limit: number }>();
    expectTypeOf<OutputOf<typeof things.get>>().toEqualTypeOf<{ id: string; size: number }>();
    implement(things, {
      get(context, input) {
        expectTypeOf(input.limit).toEqualTypeOf<number>();
        expectTypeOf(context.caller.userId).toEqualTypeOf<string>();
        return { id: input.thingId, size: input.limit };
      },
      ping(context) {
        expectTypeOf(context.caller).toEqualTypeOf<undefined>();
        return { ok: true };
      },
    });
  });

  it('refuses a group with a handler missing', () => {
    // @ts-expect-error `get` has no handler
    implement(things, { ping });
  });

  it('refuses a handler that has no endpoint', () => {
    // @ts-expect-error there is no endpoint `pong`
    implement(things, { get: () => ({ id: '', size: 1 }), ping, pong: ping });
  });

  it('refuses an answer that is not the declared output', () => {
    // @ts-expect-error `size` is a number
    implement(things, { get: () => ({ id: '', size: 'large' }), ping });
    // @ts-expect-error `size` is missing
    implement(things, { get: async () => ({ id: '' }), ping });
  });

  it('refuses an error code that the endpoint does not declare', () => {
    implement(things, {
      get(context) {
        context.fail('USER_NOT_FOUND');
        // @ts-expect-error not declared by the endpoint
        throw context.fail('EMAIL_TAKEN');
      },
      ping(context) {
        // @ts-expect-error `ping` declares no error at all
        throw context.fail('USER_NOT_FOUND');
      },
    });
  });

  it('asks for the details that a code has, and for none where it has none', () => {
    implement(things, {
      get(context) {
        context.fail('CLIENT_ID_REUSED', { messageId: 'm' });
        // @ts-expect-error the details are missing
        context.fail('CLIENT_ID_REUSED');
        // @ts-expect-error the details are of another shape
        context.fail('CLIENT_ID_REUSED', { id: 'm' });
        // @ts-expect-error this code has no details
        throw context.fail('USER_NOT_FOUND', { userId: 'u' });
      },
      ping,
    });
  });

  it('hands a rule only to endpoints that declare what it may answer', () => {
    const rule = (context: Context<'USER_NOT_FOUND'>) => context.fail('USER_NOT_FOUND');
    const other = (context: Context<'EMAIL_TAKEN'>) => context.fail('EMAIL_TAKEN');
    implement(things, {
      get(context) {
        rule(context);
        // @ts-expect-error `get` does not declare EMAIL_TAKEN
        throw other(context);
      },
      ping,
    });
  });

  it('refuses an event that does not exist, or with other data', () => {
    implement(things, {
      get(context) {
        context.emit('typing:started', 'someone', { conversationId: 'c', userId: 'u' });
        // @ts-expect-error there is no such event
        context.emit('typing:paused', 'someone', {});
        // @ts-expect-error the data lacks the user
        context.emit('typing:started', 'someone', { conversationId: 'c' });
        return { id: '', size: 1 };
      },
      ping,
    });
  });
});
