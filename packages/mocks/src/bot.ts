import type { CallType, EventData, EventName, Events, Message } from '@app/contracts';
import { Failure, type Log } from '@app/domain';
import type { Persona } from '@app/domain/seed';
import type { Actor } from './actor';
import { type BotCalls, botCalls } from './bot-calls';
import { createNetwork, pause } from './network';

/** How long the bot takes, in milliseconds. */
export interface BotPace {
  /** Before anything it does. */
  readonly thinkMs: number;
  /** From when it begins to type until it answers. */
  readonly typeMs: number;
  /** Somebody is here for so long after the last that they did, and then puts their device away; by default they stay. */
  readonly stayMs?: number;
}

export interface BotParts {
  readonly pace: BotPace;
  readonly log: Log;
  /** The demo people by the id of their account. */
  readonly people: ReadonlyMap<string, Persona>;
  /** A device of a demo person. */
  connect(persona: Persona): Promise<Actor>;
  /** Hears every frame that goes to a user. */
  listen(userId: string, listener: (text: string) => void): () => void;
}

/** Plays every demo person whom nobody else plays. */
export interface Bot {
  /** Somebody plays this person from now on: the bot leaves them alone. */
  leave(userId: string): void;
  /** Someone has liked this person. */
  liked(userId: string, byUserId: string): void;
  /** The device of a person whom the bot plays; `undefined` where it does not. */
  deviceOf(userId: string): Promise<Actor> | undefined;
  readonly isBusy: boolean;
  idle(): Promise<void>;
  /** Plays everyone again, with new devices. */
  reset(): void;
  stop(): void;
}

/** Said one after the other, whoever is asked, so that a test knows what comes. */
const replies = [
  'Tell me more about that.',
  'I was hoping you would write.',
  'Ha! That made me laugh on the tram.',
  'Coffee this week? I know a place with terrible chairs and wonderful cake.',
  'I have been thinking about what you said.',
];

/** Whoever writes "call me" or "video call me" is called. */
function wantsCall(text: string): CallType | undefined {
  if (!/\bcall me\b/i.test(text)) return undefined;
  return /\bvideo\b/i.test(text) ? 'video' : 'audio';
}

type Heard = { readonly [Name in EventName]: { readonly event: Name; readonly data: EventData<Events[Name]> } }[EventName];

export function createBot({ log, people, connect, listen, pace }: BotParts): Bot {
  const played = new Set<string>();
  const devices = new Map<string, Promise<Actor>>();
  const leaving = new Map<string, ReturnType<typeof setTimeout>>();
  const work = createNetwork(0);
  /** What one person does goes one after the other. */
  const turns = new Map<string, Promise<void>>();
  let calls: BotCalls = newCalls();
  let said = 0;

  const isMine = (userId: string) => people.has(userId) && !played.has(userId);

  function newCalls(): BotCalls {
    return botCalls({ log, device: deviceOf, nameOf: (userId) => people.get(userId)?.displayName ?? '' });
  }

  function deviceOf(userId: string): Promise<Actor> {
    const persona = people.get(userId);
    if (persona === undefined || played.has(userId)) throw new Error('Somebody else plays this person.');
    const device = devices.get(userId) ?? connect(persona);
    devices.set(userId, device);
    stay(userId);
    return device;
  }

  /** They leave a while from now, and not in the middle of a call: people who never go are nobody's to miss. */
  function stay(userId: string): void {
    clearTimeout(leaving.get(userId));
    leaving.delete(userId);
    if (pace.stayMs === undefined) return;
    leaving.set(
      userId,
      setTimeout(() => (calls.isIn(userId) ? stay(userId) : putAway(userId)), pace.stayMs),
    );
  }

  function putAway(userId: string): void {
    clearTimeout(leaving.get(userId));
    leaving.delete(userId);
    void devices.get(userId)?.then(
      (device) => device.disconnect(),
      (error: unknown) => log.debug({ err: error }, 'the device to put away never connected'),
    );
    devices.delete(userId);
  }

  function forgetDevices(): void {
    for (const timer of leaving.values()) clearTimeout(timer);
    leaving.clear();
    devices.clear();
  }

  /** In turn with whatever else this person does. What the service refuses (they were unmatched meanwhile) is nothing to a bot. */
  function act(userId: string, task: (device: Actor) => Promise<void>): void {
    const turn = (turns.get(userId) ?? Promise.resolve()).then(async () => {
      await pause(pace.thinkMs);
      if (isMine(userId)) await task(await deviceOf(userId));
    });
    const ended = turn.catch((error: unknown) => {
      log[error instanceof Failure ? 'debug' : 'error']({ err: error }, 'the bot could not do what it wanted');
    });
    turns.set(userId, ended);
    void work.track(ended);
  }

  function answer(userId: string, message: Message): void {
    const { conversationId, seq, text } = message;
    act(userId, async ({ call, emit }) => {
      await call('conversations.markRead', { conversationId, seq });
      await emit('typing:started', { conversationId });
      await pause(pace.typeMs);
      // Somebody may have taken this person over meanwhile.
      if (!isMine(userId)) return;
      const type = text === null ? undefined : wantsCall(text);
      const reply = type === undefined ? (replies[said % replies.length] ?? '') : 'Calling you now.';
      if (type === undefined) said += 1;
      await call('messages.send', { conversationId, clientId: crypto.randomUUID(), text: reply });
      await emit('typing:stopped', { conversationId });
      if (type !== undefined) await call('calls.start', { calleeId: message.senderId, type });
    });
  }

  function hear(userId: string, heard: Heard): void {
    if (heard.event === 'message:created') {
      const { message } = heard.data;
      // What happened to a group asks for no answer.
      if (message.kind !== 'system' && !isMine(message.senderId)) answer(userId, message);
    } else if (heard.event === 'call:incoming') {
      const { call } = heard.data;
      if (call.callee.id === userId && !isMine(call.caller.id)) act(userId, () => calls.pickUp(userId, call));
    } else calls.hear(userId, heard);
  }

  const stopListening = [...people.keys()].map((userId) =>
    listen(userId, (text) => {
      if (isMine(userId)) hear(userId, JSON.parse(text) as Heard);
    }),
  );

  return {
    leave(userId) {
      if (played.has(userId)) return;
      played.add(userId);
      putAway(userId);
    },
    liked(userId, byUserId) {
      if (isMine(userId)) act(userId, async ({ call }) => void (await call('swipes.swipe', { userId: byUserId, action: 'like' })));
    },
    deviceOf: (userId) => (isMine(userId) ? deviceOf(userId) : undefined),
    get isBusy() {
      return work.isBusy;
    },
    idle: work.idle,
    reset() {
      played.clear();
      forgetDevices();
      turns.clear();
      said = 0;
      calls.close();
      calls = newCalls();
    },
    stop() {
      for (const stop of stopListening) stop();
      forgetDevices();
      calls.close();
    },
  };
}
