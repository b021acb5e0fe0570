import { focusManager, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { ApiError } from '../errors';
import type { MediaToSend, OutgoingMessage } from '../types';
import type { Conversation } from '../wire';
import { messageHidden } from './facts/chats';
import { apiInfiniteQuery, apiQuery } from './options';
import { useAccess, useApiContext } from './provider';
import { quoteOf } from './quote';
import { nowhere, type Reach, reachOfGroup, reachOfTwo } from './receipts';
import { useFacts } from './store';
import { type ChatMessage, timelineOf } from './timeline';
import { createTyper, typingIn } from './typing';
import { useMembers } from './use-members';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

export interface UseChatOptions {
  /** Whether the newest message is in view. While it is, and the app has the focus, messages are marked as read by themselves. Default: true. */
  atNewest?: boolean;
  /** Show the messages around the one with this `seq` instead of the newest; newer ones are loaded as one asks for them. */
  around?: number | undefined;
}

export interface UseChatResult {
  conversation: Conversation | undefined;
  /** Oldest to newest, what is still unsent last. */
  messages: ChatMessage[];
  /**
   * Sends, now or as soon as there is a connection; the message is in `messages` at once. Blank text is ignored.
   * `replyTo`: the id of a message in `messages` that it answers.
   */
  send(text: string, options?: { replyTo?: string }): void;
  /** Sends a file, as `send` sends words: what it is, is found out by the service, unless the conversation is encrypted. `text` goes with it. */
  sendMedia(media: MediaToSend, options?: { text?: string; replyTo?: string }): void;
  /** Changes one of your sent messages. Rejects with an `ApiError`. */
  edit(messageId: string, text: string): Promise<void>;
  /** Deletes one of your sent messages for everyone: its text becomes null. Rejects with an `ApiError`. */
  remove(messageId: string): Promise<void>;
  /** Deletes a message, whoever wrote it, for you alone. Rejects with an `ApiError`. */
  hide(messageId: string): Promise<void>;
  /** Sets your reaction to a message, one emoji; null takes it back. Rejects with an `ApiError`. */
  react(messageId: string, emoji: string | null): Promise<void>;
  /** Pins a message for everyone, or takes it down again. Rejects with an `ApiError`. */
  pin(messageId: string, pinned: boolean): Promise<void>;
  /** Sends a failed message again, by its `clientId`. */
  retry(clientId: string): void;
  /** Drops a message that was not sent, by its `clientId`: one that failed, waits, or whose file is being uploaded, which ends then. */
  discard(clientId: string): void;
  /** Marks everything up to the newest message as read. Never rejects. */
  markRead(): Promise<void>;
  /** Ids of the people who are typing. */
  typing: string[];
  /** Tell at each key stroke (`true`) and when the field is emptied or left (`false`). Repeats are held back; it stops by itself. */
  setTyping(typing: boolean): void;
  /** Never rejects; `error` tells. */
  loadOlder(): Promise<void>;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  /** Where what is loaded ends before the newest messages. Never rejects; `error` tells. */
  loadNewer(): Promise<void>;
  /** Of messages `around` one, and once one has gone back so far that the newest ones were let go. */
  hasNewer: boolean;
  /** Begins anew: with the newest messages, or those `around` the one asked for. Never rejects; `error` tells. */
  restart(): Promise<void>;
  isLoadingNewer: boolean;
  isLoading: boolean;
  /** `CONVERSATION_NOT_FOUND`, or why loading failed. */
  error: ApiError | null;
}

const nothing: readonly OutgoingMessage[] = [];

/**
 * So many pages of messages are kept at once, however far one goes back: what is far from where one looks is let go, and loaded again on the way
 * back. What each change and each render costs does not grow with what one has seen.
 */
const mostPages = 20;

/**
 * So many messages may come in one after another while the newest is in view. Then those that have gone out of it are let go, and loaded again by
 * whoever goes back: what a conversation costs that is open all day does not grow with what is said in it.
 */
const mostLive = 200;

// On phones TanStack's `focusManager` is told by the app, as its guide for React Native shows; else it counts as focused.
const onFocus = (listener: () => void) => focusManager.subscribe(listener);
const isFocused = () => focusManager.isFocused();

/** How far one's own messages have come. Of a group that takes everyone who is in it; until they are there, it is not said. */
function useReach(conversation: Conversation | undefined, me: string | undefined): Reach {
  const isGroup = conversation?.kind === 'group';
  const { items, isComplete } = useMembers(isGroup ? conversation.id : undefined);
  const members = isGroup && isComplete ? items : undefined;
  return useMemo(() => {
    if (members && me) return reachOfGroup(members, me);
    return conversation && !isGroup ? reachOfTwo(conversation) : nowhere;
  }, [members, me, conversation, isGroup]);
}

/** One conversation: its messages with what is still on its way, receipts and typing. Nothing is loaded while the id is undefined. */
export function useChat(conversationId: string | undefined, { atNewest = true, around }: UseChatOptions = {}): UseChatResult {
  const { client, live } = useApiContext();
  const { outbox, realtime, session } = client;
  const queryClient = useQueryClient();
  const { enabled, isExpected } = useAccess(conversationId !== undefined);
  const id = conversationId ?? '';

  const conversationQuery = useQuery({
    ...apiQuery(client, 'conversations.get', { conversationId: id }),
    enabled,
    placeholderData: () =>
      queryClient
        .getQueryData(apiInfiniteQuery(client, 'conversations.list').queryKey)
        ?.pages.flatMap(({ items }) => items)
        .find((item) => item.id === id),
  });
  const conversation = conversationQuery.data;
  const place = around === undefined ? {} : { around };
  const history = usePages('messages.history', conversationId === undefined ? undefined : { conversationId, ...place }, {
    maxPages: mostPages,
  });
  const hasNewer = history.hasPrevious;
  // What is not sent yet comes after the newest.
  const list = () => (hasNewer ? nothing : outbox.list(id));
  const outgoing = useSyncExternalStore(outbox.subscribe, list, list);

  // Of the members one is the first oneself.
  const [mySeat] = conversation?.members ?? [];
  const myReadSeq = mySeat?.readSeq ?? 0;
  const me = mySeat?.userId ?? session.userId;
  const sent = history.items;
  const { from, delivered, read } = useReach(conversation, me);
  const messages = useMemo(
    () => (me === undefined ? [] : timelineOf({ sent, outgoing, me, reach: { from, delivered, read }, myReadSeq })),
    [sent, outgoing, me, from, delivered, read, myReadSeq],
  );

  const newest = sent[0]?.seq ?? 0;
  const unread = me === undefined ? undefined : sent.find(({ senderId, seq }) => senderId !== me && seq > myReadSeq)?.seq;
  const focused = useSyncExternalStore(onFocus, isFocused, () => true);
  const caughtUp = useSyncExternalStore(
    realtime.onStatus,
    () => realtime.status.caughtUp,
    () => false,
  );
  const asked = useRef({ id: '', seq: 0 });
  const typer = useMemo(() => createTyper(client, id), [client, id]);
  useEffect(() => () => typer(false), [typer]);

  function write(content: { text: string; media?: MediaToSend }, replyTo: string | undefined): void {
    if (!enabled) return;
    typer(false);
    const answered = replyTo === undefined ? undefined : sent.find((message) => message.id === replyTo);
    // Nothing of what is to be secret leaves a device that cannot keep it so.
    if (conversation !== undefined && conversation.encryptedAt !== null && !client.isSealing()) return;
    outbox.send({ conversationId: id, ...content, ...(answered && { replyTo: quoteOf(answered) }) });
  }

  const actions = useStable({
    send(text: string, { replyTo }: { replyTo?: string } = {}) {
      if (text.trim() !== '') write({ text: text.trim() }, replyTo);
    },
    sendMedia(media: MediaToSend, { text = '', replyTo }: { text?: string; replyTo?: string } = {}) {
      write({ text: text.trim(), media }, replyTo);
    },
    async edit(messageId: string, text: string) {
      await live.run('messages.edit', { messageId, text });
    },
    async remove(messageId: string) {
      await live.run('messages.delete', { messageId });
    },
    async hide(messageId: string) {
      await live.run('messages.hide', { messageId });
      live.learn(messageHidden({ conversationId: id, messageId }));
    },
    async react(messageId: string, emoji: string | null) {
      if (emoji === null) await live.run('messages.unreact', { messageId });
      else await live.run('messages.react', { messageId, emoji });
    },
    async pin(messageId: string, pinned: boolean) {
      await live.run(pinned ? 'messages.pin' : 'messages.unpin', { messageId });
    },
    retry: outbox.retry,
    discard: outbox.discard,
    async markRead() {
      if (newest <= myReadSeq || (asked.current.id === id && asked.current.seq >= newest)) return;
      const ask = { id, seq: newest };
      asked.current = ask;
      try {
        await live.run('conversations.markRead', { conversationId: id, seq: newest });
      } catch {
        // It is tried again with the next message, or when the connection is back.
        if (asked.current === ask) asked.current = { id: '', seq: 0 };
      }
    },
    setTyping: (typing: boolean) => typer(typing),
  });

  const { markRead } = actions;
  // biome-ignore lint/correctness/useExhaustiveDependencies: being caught up again is a reason to try again what failed
  useEffect(() => {
    if (enabled && atNewest && !hasNewer && focused && unread !== undefined) void markRead();
  }, [enabled, atNewest, hasNewer, focused, unread, caughtUp, markRead]);

  const { onFirst, shorten } = history;
  const isLong = around === undefined && atNewest && caughtUp && !hasNewer && !history.isFetchingMore && onFirst > mostLive;
  useEffect(() => {
    if (isLong) void shorten();
  }, [isLong, shorten]);

  useEffect(() => {
    const { queryKey } = apiInfiniteQuery(client, 'messages.history', { conversationId: id });
    return () => {
      // Who comes back later begins with the newest ones again.
      const [first] = queryClient.getQueryData(queryKey)?.pages ?? [];
      if (first?.previousCursor) void queryClient.resetQueries({ queryKey, exact: true });
    };
  }, [client, queryClient, id]);

  const typing = useFacts(typingIn(client, id));
  return {
    conversation,
    messages,
    ...actions,
    get typing() {
      return typing.typing;
    },
    loadOlder: history.fetchMore,
    hasOlder: history.hasMore,
    isLoadingOlder: history.isFetchingMore,
    loadNewer: history.fetchPrevious,
    hasNewer,
    isLoadingNewer: history.isFetchingPrevious,
    restart: history.restart,
    isLoading: history.isLoading || (isExpected && !conversation && conversationQuery.isPending),
    error: conversationQuery.error ?? history.error,
  };
}
