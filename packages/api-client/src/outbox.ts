import { newClientId } from './client-id';
import { isApiError } from './errors';
import { getOrAdd } from './get-or-add';
import { createListeners, type Debug } from './listeners';
import type { CallOptions, MessageLayer, Outbox, OutboxStore, OutgoingMedia, OutgoingMessage, SealedFile, SessionState } from './types';
import type { UploadMedia } from './upload-media';
import type { Endpoints, Message } from './wire';

export interface OutboxConfig {
  /** Sends one message, once. `file`: what it says of a file that was encrypted. */
  send(input: Endpoints['messages.send']['input'], options: CallOptions, file: SealedFile | undefined): Promise<Message>;
  upload: UploadMedia;
  sealFile: MessageLayer['sealFile'];
  session: SessionState;
  now(): number;
  store: OutboxStore | undefined;
  debug: Debug;
}

export interface OutboxKeeper {
  readonly outbox: Outbox;
  /** The network is back: nothing waits any longer. */
  flush(): void;
  /** The message with this client id is known to be sent. */
  confirm(clientId: string): void;
  dispose(): void;
}

const firstDelay = 1_000;
const longestDelay = 30_000;

/** How far one conversation is. */
interface Lane {
  /** What is being sent. */
  turn?: { clientId: string; cancel: AbortController };
  /** Waits before the next try. */
  timer?: ReturnType<typeof setTimeout>;
  /** Tries in a row that the network or the server let down. */
  failures: number;
}

/** As it was before it was uploaded. */
function notUploaded({ mediaId: _, progress: __, sealed: ___, ...media }: OutgoingMedia): OutgoingMedia {
  return media;
}

/** Sends what is written, one after another in each conversation, however long the network takes. */
export function createOutbox({ send, upload, sealFile, session, now, store, debug }: OutboxConfig): OutboxKeeper {
  const changes = createListeners<[]>('the outbox', debug);
  const answers = createListeners<[Message]>('a sent message', debug);
  const lanes = new Map<string, Lane>();
  let items: readonly OutgoingMessage[] = [];
  let lists = new Map<string, readonly OutgoingMessage[]>();
  let isLoading = store !== undefined;
  let isSaving = false;
  let isDisposed = false;
  /** Loading and saving, one after another. */
  let storing = Promise.resolve();
  if (store) void inTurn(load);

  function inTurn(step: () => Promise<void>): Promise<void> {
    storing = storing.then(step).catch((error: unknown) => debug({ kind: 'fault', message: 'the store of the outbox failed', error }));
    return storing;
  }

  async function load(): Promise<void> {
    try {
      const found = session.state === 'signedOut' ? [] : ((await store?.load()) ?? []);
      items = [...found.map((item): OutgoingMessage => (item.state === 'sending' ? { ...item, state: 'queued' } : item)), ...items];
    } finally {
      isLoading = false;
      claim();
      flush();
    }
  }

  function show(next: readonly OutgoingMessage[]): void {
    items = next;
    lists = new Map();
    changes.tell();
  }

  function update(next: readonly OutgoingMessage[]): void {
    show(next);
    if (!store || isSaving) return;
    isSaving = true;
    void inTurn(async () => {
      isSaving = false;
      await store.save(items);
    });
  }

  const find = (clientId: string) => items.find((item) => item.clientId === clientId);
  const without = (clientId: string) => items.filter((item) => item.clientId !== clientId);
  const changed = (clientId: string, to: Partial<OutgoingMessage>) =>
    items.map((item) => (item.clientId === clientId ? { ...item, ...to } : item));
  const change = (clientId: string, to: Partial<OutgoingMessage>) => update(changed(clientId, to));

  const laneOf = (conversationId: string) => getOrAdd(lanes, conversationId, (): Lane => ({ failures: 0 }));

  /** Uploads the file of a message, encrypted where it has to be, unless that is done. How far it is, is not worth keeping. */
  async function uploaded(item: OutgoingMessage, media: OutgoingMedia, signal: AbortSignal): Promise<OutgoingMedia> {
    if (media.mediaId) return media;
    const { clientId, conversationId } = item;
    const sealing = await sealFile(conversationId, media);
    const { uploadMedia } = await import('./upload-media');
    let progress = 0;
    const mediaId = await uploadMedia(upload, sealing ? { ...sealing, as: 'encrypted' } : media, {
      signal,
      onUploadProgress({ loaded, total }) {
        const now = total ? Math.floor((Math.min(loaded, total) / total) * 100) / 100 : 0;
        if (now === progress || signal.aborted) return;
        progress = now;
        show(changed(clientId, { media: { ...media, progress } }));
      },
    });
    const done = { ...media, mediaId, progress: 1, ...(sealing && { sealed: sealing.about }) };
    if (!signal.aborted) change(clientId, { media: done });
    return done;
  }

  /** Sends the next message of a conversation, and then the one behind it. */
  async function advance(conversationId: string): Promise<void> {
    const lane = laneOf(conversationId);
    const item = items.find((one) => one.conversationId === conversationId && one.state === 'queued');
    if (!item || lane.turn || lane.timer !== undefined || isLoading || isDisposed || session.state === 'signedOut') return;

    const { clientId, text, media, replyTo } = item;
    const turn = { clientId, cancel: new AbortController() };
    lane.turn = turn;
    change(clientId, { state: 'sending' });
    try {
      const { signal } = turn.cancel;
      const { mediaId, sealed } = (media && (await uploaded(item, media, signal))) ?? {};
      const message = await send(
        { conversationId, clientId, ...(text && { text }), ...(mediaId && { mediaId }), ...(replyTo && { replyTo: replyTo.id }) },
        { signal, retries: 0 },
        sealed,
      );
      if (lane.turn === turn) {
        lane.failures = 0;
        answers.tell(message);
        update(without(clientId));
      }
    } catch (error) {
      if (lane.turn === turn) refused(lane, item, error);
    }
    if (lane.turn === turn) {
      lane.turn = undefined;
      void advance(conversationId);
    }
  }

  /** What the message itself caused is for its writer to see. Everything else passes, and the message waits for that. */
  function refused(lane: Lane, { clientId, conversationId, media }: OutgoingMessage, error: unknown): void {
    const isOpen = media?.sealed === undefined && isApiError(error, 'CONVERSATION_ENCRYPTED');
    if (media?.mediaId && (isOpen || isApiError(error, 'MEDIA_NOT_FOUND'))) {
      // It was uploaded so long ago that it is gone there, or before the conversation was encrypted. Here it is still.
      change(clientId, { state: 'queued', media: notUploaded(media) });
      return;
    }
    if (isApiError(error) && error.statusCode >= 400 && error.statusCode < 500 && !error.isRetryable && !error.isAuthError) {
      change(clientId, { state: 'failed', error: { code: error.code, message: error.message } });
      return;
    }
    if (!isApiError(error)) debug({ kind: 'fault', message: 'a message could not be sent', error });
    const asked = isApiError(error) ? error.retryAfterSeconds : undefined;
    const delay =
      (asked === undefined ? Math.min(longestDelay, firstDelay * 2 ** lane.failures++) : asked * 1000) * (1 + Math.random() / 4);
    lane.timer = setTimeout(() => {
      lane.timer = undefined;
      void advance(conversationId);
    }, delay);
    change(clientId, { state: 'queued' });
  }

  /** Lets go of what a conversation is doing, and answers its lane. */
  function interrupt(lane: Lane): void {
    clearTimeout(lane.timer);
    lane.timer = undefined;
    const { turn } = lane;
    lane.turn = undefined;
    turn?.cancel.abort();
  }

  /** Takes a message out; the one behind it need not wait for its answer. */
  function remove(clientId: string): void {
    const item = find(clientId);
    if (!item) return;
    const lane = laneOf(item.conversationId);
    if (lane.turn?.clientId === clientId) interrupt(lane);
    update(without(clientId));
    void advance(item.conversationId);
  }

  function flush(): void {
    for (const lane of lanes.values()) {
      clearTimeout(lane.timer);
      lane.timer = undefined;
      lane.failures = 0;
    }
    for (const conversationId of new Set(items.map((item) => item.conversationId))) void advance(conversationId);
  }

  /** Messages belong to who wrote them: they go when somebody else, or nobody, is signed in. */
  function claim(): void {
    const { state, userId } = session;
    const mine = state === 'signedOut' ? [] : items.filter(({ senderId }) => !senderId || !userId || senderId === userId);
    const kept = new Set(mine.map((item) => item.clientId));
    for (const lane of lanes.values()) if (lane.turn && !kept.has(lane.turn.clientId)) interrupt(lane);
    update(userId ? mine.map((item) => (item.senderId ? item : { ...item, senderId: userId })) : mine);
  }

  const stopListening = session.onChange(() => {
    claim();
    flush();
  });

  return {
    flush,
    confirm: remove,
    dispose() {
      isDisposed = true;
      stopListening();
      for (const lane of lanes.values()) interrupt(lane);
    },
    outbox: {
      send({ conversationId, text = '', media, replyTo }) {
        const createdAt = new Date(now()).toISOString();
        const senderId = session.userId;
        const item: OutgoingMessage = {
          clientId: newClientId(),
          conversationId,
          text,
          createdAt,
          state: 'queued',
          ...(media && { media }),
          ...(replyTo && { replyTo }),
          ...(senderId && { senderId }),
        };
        update([...items, item]);
        void advance(conversationId);
        return item;
      },
      list: (conversationId) => getOrAdd(lists, conversationId, () => items.filter((item) => item.conversationId === conversationId)),
      subscribe: changes.add,
      onSent: answers.add,
      retry(clientId) {
        const item = find(clientId);
        if (item?.state !== 'failed') return;
        const { error: _, ...again } = item;
        update([...without(clientId), { ...again, state: 'queued' }]);
        void advance(item.conversationId);
      },
      discard: remove,
    },
  };
}
