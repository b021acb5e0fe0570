import type { EndpointId, EndpointOf, EventData, EventName, Events, OutputOf, SignalName, WireInputOf } from '@app/contracts';
import { type Caller, Failure, type Origin, type Platform } from '@app/domain';
import { demoEmail, demoPassword, type PersonaName, type StaffName } from '@app/domain/seed';

/** A demo person or one of the demo's staff by name, or anyone by email. */
export type Who = PersonaName | StaffName | `${string}@${string}`;

/** Someone on a device of their own, connected and signed in, that a test or the bot holds in its hands. */
export interface Actor {
  readonly userId: string;
  /** Calls an endpoint through the pipeline. Rejects with an error that has the `code` and the `details` of the failure. */
  call<Id extends EndpointId>(endpoint: Id, input: WireInputOf<EndpointOf<Id>>): Promise<OutputOf<EndpointOf<Id>>>;
  /** Sends a signal: typing, or what sets a call up. Rejects as `call` does. */
  emit<Name extends SignalName>(signal: Name, data: WireInputOf<Events[Name]['signal']>): Promise<void>;
  /** Hears an event from now on. Answers how to stop. */
  on<Name extends EventName>(event: Name, listener: (data: EventData<Events[Name]>) => void): () => void;
  /** The next such event, from now on. */
  next<Name extends EventName>(event: Name): Promise<EventData<Events[Name]>>;
  /** Puts the device away: it hears nothing any more, and is not there for calls. */
  disconnect(): void;
}

export function emailOf(who: Who): string {
  return who.includes('@') ? who : demoEmail(who);
}

/** Signs in with a password: the tokens, and who that is. Rejects as the service refuses. */
export async function signInWith(platform: Platform, origin: Origin, who: Who, password = demoPassword) {
  const input = { email: emailOf(who), password };
  const answer = await platform.call({ endpoint: 'auth.login', input, origin, way: 'http' });
  if (!answer.ok) throw new Failure(answer.failure.code, answer.failure.details);
  return answer.data as OutputOf<EndpointOf<'auth.login'>>;
}

/** Connects a device of someone who is signed in with this token. */
export async function openActor(platform: Platform, origin: Origin, token: string): Promise<Actor> {
  const listeners = new Map<string, Set<(data: never) => void>>();
  let opened = (_frame: { ok: boolean }): void => undefined;
  const greeted = new Promise<{ ok: boolean }>((resolve) => {
    opened = resolve;
  });

  const connection = platform.connect(
    {
      send(text) {
        const frame = JSON.parse(text) as { ok: boolean } | { event: string; data: never };
        if (!('event' in frame)) return opened(frame);
        for (const listener of listeners.get(frame.event) ?? []) listener(frame.data);
      },
      close: () => undefined,
      bufferedBytes: () => 0,
    },
    origin,
  );
  connection.receive(JSON.stringify({ id: 1, call: 'realtime.open', input: { token } }));
  await greeted;
  if (connection.caller === undefined) throw new Error('The device could not connect.');
  const caller: Caller = connection.caller;

  function on(event: string, listener: (data: never) => void): () => void {
    const ofEvent = listeners.get(event) ?? new Set();
    listeners.set(event, ofEvent);
    ofEvent.add(listener);
    return () => void ofEvent.delete(listener);
  }

  return {
    userId: caller.userId,
    async call(endpoint, input) {
      const answer = await platform.call({ endpoint, input, origin, way: 'http', caller });
      if (!answer.ok) throw new Failure(answer.failure.code, answer.failure.details);
      return answer.data as never;
    },
    async emit(signal, data) {
      const answer = await platform.signal({ event: signal, input: data, origin, caller });
      if (!answer.ok) throw new Failure(answer.failure.code, answer.failure.details);
    },
    on,
    next: (event) =>
      new Promise((resolve) => {
        const stop = on(event, (data) => {
          stop();
          resolve(data);
        });
      }),
    disconnect: () => connection.close(1000, 'put away'),
  };
}
