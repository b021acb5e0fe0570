import type { ApiError } from '../errors';
import type { Conversation, Message } from '../wire';

/** `queued`, `sending`, `failed`: still on this device. `sent`: the server has it. `read`: the other one has read it. */
export type Delivery = 'queued' | 'sending' | 'failed' | 'sent' | 'read';

/** A message of the timeline: the server's, or one that is still on its way there. */
export interface ChatMessage extends Omit<Message, 'id' | 'seq'> {
  /** Stays the same from the moment it was written: the key to render by. */
  key: string;
  /** Null while it is on its way. */
  id: string | null;
  /** Null while it is on its way; then its place in the conversation. */
  seq: number | null;
  /** Whether you wrote it. */
  mine: boolean;
  delivery: Delivery;
  /** Why it was refused, where `delivery` is `failed`. */
  error: ApiError | null;
}

export interface UseChatOptions {
  /** Whether the newest message is in view. While it is, and the app has the focus, messages are marked as read by themselves. Default: true. */
  atNewest?: boolean;
}

export interface UseChatResult {
  conversation: Conversation | undefined;
  /** Oldest to newest, what is still unsent last. */
  messages: ChatMessage[];
  /** Sends, now or as soon as there is a connection; the message is in `messages` at once. Blank text is ignored. */
  send(text: string): void;
  /** Changes one of your sent messages. Rejects with an `ApiError`. */
  edit(messageId: string, text: string): Promise<void>;
  /** Deletes one of your sent messages for everyone: its text becomes null. Rejects with an `ApiError`. */
  remove(messageId: string): Promise<void>;
  /** Sends a failed message again, by its `clientId`. */
  retry(clientId: string): void;
  /** Drops a message that was not sent, by its `clientId`. */
  discard(clientId: string): void;
  /** Marks everything up to the newest message as read. Never rejects. */
  markRead(): Promise<void>;
  /** Ids of the people who are typing. */
  typing: string[];
  /** Tell at each key stroke (`true`) and when the field is emptied or left (`false`). Repeats are held back; it stops by itself. */
  setTyping(typing: boolean): void;
  loadOlder(): Promise<void>;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  isLoading: boolean;
  /** `CONVERSATION_NOT_FOUND`, or why loading failed. */
  error: ApiError | null;
}

/** One conversation: its messages with what is still on its way, receipts and typing. Nothing is loaded while the id is undefined. */
export function useChat(_conversationId: string | undefined, _options?: UseChatOptions): UseChatResult {
  throw new Error('not built yet');
}
