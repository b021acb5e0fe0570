import { isApiError } from './errors';
import type { Debug } from './listeners';
import type { Realtime, SessionState } from './types';
import { type Conversation, type Endpoints, maxDelivered } from './wire';

type Delivered = Endpoints['conversations.markDelivered']['input'];

export interface DeliveryReceiptsConfig {
  tell(input: Delivered): Promise<unknown>;
  realtime: Realtime;
  session: SessionState;
  debug: Debug;
}

export interface DeliveryReceipts {
  /** These were loaded: what was written last in them has reached this device. */
  loaded(conversations: readonly Conversation[]): void;
  dispose(): void;
}

/** What comes within this time is told at once. In milliseconds. */
const gatherFor = 1_000;

/** Tells the server which messages have reached this device: now and then, for all conversations together. */
export function createDeliveryReceipts({ tell, realtime, session, debug }: DeliveryReceiptsConfig): DeliveryReceipts {
  /** What is still to be told, by conversation. */
  const reached = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;

  function note(conversationId: string, seq: number): void {
    reached.set(conversationId, Math.max(seq, reached.get(conversationId) ?? 0));
    wait();
  }

  function wait(): void {
    if (timer === undefined && reached.size > 0 && !isDisposed) timer = setTimeout(() => void flush(), gatherFor);
  }

  async function flush(): Promise<void> {
    timer = undefined;
    const items = [...reached].slice(0, maxDelivered).map(([conversationId, seq]) => ({ conversationId, seq }));
    if (items.length === 0 || session.state !== 'signedIn') return;
    for (const { conversationId } of items) reached.delete(conversationId);
    try {
      await tell({ items });
      wait();
    } catch (error) {
      // It is told with what comes next, or when the connection is back.
      debug({ kind: isApiError(error) ? 'retry' : 'fault', message: 'what has arrived could not be told', error });
      for (const { conversationId, seq } of items) reached.set(conversationId, Math.max(seq, reached.get(conversationId) ?? 0));
    }
  }

  const ends = [
    realtime.on('message:created', ({ message: { conversationId, senderId, seq } }) => {
      if (senderId !== session.userId) note(conversationId, seq);
    }),
    // What was read is known to have arrived.
    realtime.on('message:read', ({ conversationId, userId, readSeq }) => {
      if (userId === session.userId && readSeq >= (reached.get(conversationId) ?? 0)) reached.delete(conversationId);
    }),
    realtime.onStatus(({ connected }) => connected && wait()),
    session.onChange(() => session.state === 'signedOut' && reached.clear()),
  ];

  return {
    loaded(conversations) {
      for (const { id, lastMessage, members } of conversations) {
        const [own] = members;
        if (!lastMessage || !own || lastMessage.senderId === own.userId || lastMessage.seq <= own.deliveredSeq) continue;
        note(id, lastMessage.seq);
      }
    },
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
      for (const end of ends) end();
    },
  };
}
