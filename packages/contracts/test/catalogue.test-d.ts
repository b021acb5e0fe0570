import { expectTypeOf, test } from 'vitest';
import type {
  Call,
  CodesOf,
  EndpointId,
  EndpointOf,
  ErrorDetails,
  EventData,
  Events,
  InputOf,
  Message,
  OutputOf,
  SignalName,
  WireInputOf,
} from '../src';
import { api, exampleEvent, exampleInput, exampleOf, exampleOutput, exampleSignal } from '../src';

test('an id is a group and a name', () => {
  expectTypeOf<'messages.send'>().toExtend<EndpointId>();
  // @ts-expect-error there is no such endpoint
  const wrong: EndpointId = 'messages.sent';
  // @ts-expect-error there is no such group
  const alone: EndpointId = 'send';
  expectTypeOf([wrong, alone]).toEqualTypeOf<EndpointId[]>();
  expectTypeOf<EndpointOf<'messages.send'>>().toEqualTypeOf<typeof api.messages.send>();
});

test('a list gives its handler a limit that a caller may leave out', () => {
  type List = EndpointOf<'conversations.list'>;
  expectTypeOf<WireInputOf<List>>().toEqualTypeOf<{
    cursor?: string | undefined;
    limit?: number | undefined;
    archived?: boolean | undefined;
  }>();
  expectTypeOf<InputOf<List>>().toEqualTypeOf<{ cursor?: string | undefined; limit: number; archived?: boolean | undefined }>();
});

test('an endpoint answers its own type and its own errors', () => {
  type Send = EndpointOf<'messages.send'>;
  expectTypeOf<OutputOf<Send>>().toEqualTypeOf<Message>();
  expectTypeOf<CodesOf<Send>>().toEqualTypeOf<
    | 'CONVERSATION_NOT_FOUND'
    | 'NOT_MATCHED'
    | 'RECIPIENT_DELETED'
    | 'CLIENT_ID_REUSED'
    | 'MESSAGE_NOT_FOUND'
    | 'MEDIA_NOT_FOUND'
    | 'CONVERSATION_ENCRYPTED'
    | 'CONVERSATION_NOT_ENCRYPTED'
  >();
  // @ts-expect-error a message is not a call
  expectTypeOf<OutputOf<Send>>().toEqualTypeOf<Call>();
});

test('details belong to their code', () => {
  expectTypeOf<ErrorDetails<'RATE_LIMITED'>>().toEqualTypeOf<{ retryAfterSeconds: number }>();
  expectTypeOf<ErrorDetails<'NOT_MATCHED'>>().toEqualTypeOf<undefined>();
});

test('a signal is an event that a device may send', () => {
  expectTypeOf<'typing:started'>().toExtend<SignalName>();
  // @ts-expect-error only the server tells of messages
  const wrong: SignalName = 'message:created';
  expectTypeOf(wrong).toExtend<string>();
  expectTypeOf<EventData<Events['message:created']>>().toEqualTypeOf<{ message: Message }>();
});

test('examples have the type of what they are an example of', () => {
  expectTypeOf(exampleInput('calls.get')).toEqualTypeOf<{ callId: string }>();
  expectTypeOf(exampleOutput('messages.send')).toEqualTypeOf<Message>();
  expectTypeOf(exampleEvent('message:created')).toEqualTypeOf<{ message: Message }>();
  expectTypeOf(exampleSignal('typing:started')).toEqualTypeOf<{ conversationId: string }>();
  expectTypeOf(exampleOf(api.conversations.list.input, 'input')).toEqualTypeOf<WireInputOf<typeof api.conversations.list>>();
  expectTypeOf(exampleOf(api.conversations.list.input, 'output')).toEqualTypeOf<InputOf<typeof api.conversations.list>>();
});
