import type { Call, EventData, Events, Message } from '@app/contracts';
import { type Platform, userTopic } from '@app/domain';
import { type Actor, actAs, demoEmail, personas } from '@app/domain/seed';

export interface BotOptions {
  /** Before the bot does anything. In milliseconds. */
  readonly thinkMs: number;
  /** Between beginning to type and the answer. In milliseconds. */
  readonly typeMs: number;
  onError(error: unknown): void;
}

/** The demo people that nobody is signed in as, acting for themselves: they like back, answer, and take calls. */
export interface Bot {
  /** Somebody is this person from now on: the bot leaves them alone. */
  leave(userId: string): void;
  /** Somebody swiped on a person. */
  swiped(swiperId: string, targetId: string): void;
  /** Resolves when the bot has done all it meant to. */
  settled(): Promise<void>;
  stop(): void;
}

const replies = [
  'Tell me more about that.',
  'I was hoping you would write.',
  'Ha! That made me laugh on the tram.',
  'Coffee this week? I know a place with terrible chairs and wonderful cake.',
  'I have been thinking about what you said.',
];

type Heard<E extends keyof Events> = EventData<Events[E]>;

export async function startBot(platform: Platform, options: BotOptions): Promise<Bot> {
  const actors = new Map<string, Actor>();
  const stops = new Map<string, () => void>();
  const pending = new Set<Promise<void>>();
  let isStopped = false;
  let said = 0;

  /** Does something after a while, unless the person has been taken over meanwhile. */
  function later(userId: string, delayMs: number, action: (actor: Actor) => Promise<void>): void {
    const task = new Promise<void>((resolve) => setTimeout(resolve, delayMs))
      .then(async () => {
        const actor = actors.get(userId);
        if (!isStopped && actor !== undefined && stops.has(userId)) await action(actor);
      })
      .catch(options.onError)
      .finally(() => pending.delete(task));
    pending.add(task);
  }

  function answerMessage(userId: string, { conversationId, senderId, seq }: Message): void {
    if (senderId === userId) return;
    later(userId, options.thinkMs, async (actor) => {
      await actor.call('conversations.markRead', { conversationId, seq });
      await actor.emit('typing:started', { conversationId });
      later(userId, options.typeMs, async () => {
        const text = replies[said % replies.length] ?? '';
        said += 1;
        await actor.emit('typing:stopped', { conversationId });
        await actor.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text });
      });
    });
  }

  async function face(actor: Actor, call: Call): Promise<void> {
    if (typeof RTCPeerConnection === 'undefined') return;
    const { joinCall } = await import('./bot-media');
    joinCall(platform, actor, call, options.onError);
  }

  function answerCall(userId: string, call: Call): void {
    if (call.callee.id !== userId || call.state !== 'ringing') return;
    later(userId, options.thinkMs, async (actor) => {
      // Ready before it answers: the caller's offer comes at once.
      await face(actor, call);
      await actor.call('calls.accept', { callId: call.id });
    });
  }

  function hear(userId: string, text: string): void {
    const frame = JSON.parse(text) as { event: string; data: unknown };
    if (frame.event === 'message:created') answerMessage(userId, (frame.data as Heard<'message:created'>).message);
    if (frame.event === 'call:incoming') {
      const { call } = frame.data as Heard<'call:incoming'>;
      answerCall(userId, call);
      const actor = actors.get(userId);
      if (call.caller.id === userId && actor !== undefined) later(userId, 0, () => face(actor, call));
    }
  }

  for (const { name } of personas) {
    const actor = await actAs(platform, demoEmail(name));
    actors.set(actor.userId, actor);
    const stop = platform.kernel.ports.bus.subscribe(userTopic(actor.userId), (message) => {
      if (message.kind === 'frame') hear(actor.userId, message.text);
    });
    stops.set(actor.userId, stop);
  }

  return {
    leave(userId) {
      stops.get(userId)?.();
      stops.delete(userId);
    },
    swiped(swiperId, targetId) {
      later(targetId, options.thinkMs, async (actor) => {
        await actor.call('swipes.swipe', { userId: swiperId, action: 'like' });
      });
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    stop() {
      isStopped = true;
      for (const stop of stops.values()) stop();
      stops.clear();
    },
  };
}
