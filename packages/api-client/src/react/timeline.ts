import type { OutgoingMessage } from '../types';
import type { Message } from '../wire';

/**
 * `queued`, `sending`, `failed`: still on this device. `sent`: the server has it. `delivered`: it has reached a device of whom it was for.
 * `read`: they have read it.
 */
export type Delivery = 'queued' | 'sending' | 'failed' | 'sent' | 'delivered' | 'read';

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
  error: { code: string; message: string } | null;
}

export interface TimelineParts {
  /** The server's, newest first. */
  sent: readonly Message[];
  /** Oldest first. */
  outgoing: readonly OutgoingMessage[];
  /** Who is looking. */
  me: string;
  /** How far messages have come to the other one, how far they have read, and how far you have. */
  theirDeliveredSeq: number;
  theirReadSeq: number;
  myReadSeq: number;
}

/** A message that has not changed is shown by the same object, so that its row need not render again. */
const shown = new WeakMap<object, ChatMessage>();

function show(source: object, message: ChatMessage): ChatMessage {
  const before = shown.get(source);
  if (before && before.delivery === message.delivery && before.mine === message.mine) return before;
  shown.set(source, message);
  return message;
}

/** What the server has and what is still on its way, as one list: oldest to newest, each message once. */
export function timelineOf({ sent, outgoing, me, theirDeliveredSeq, theirReadSeq, myReadSeq }: TimelineParts): ChatMessage[] {
  const arrived = new Set<string>();
  const messages: ChatMessage[] = [];
  for (let index = sent.length - 1; index >= 0; index -= 1) {
    const message = sent[index] as Message;
    // What came while the page with it was on its way is there twice.
    if (message.seq === sent[index + 1]?.seq) continue;
    const mine = message.senderId === me;
    if (mine) arrived.add(message.clientId);
    const isRead = message.seq <= (mine ? theirReadSeq : myReadSeq);
    const delivery = isRead ? 'read' : mine && message.seq <= theirDeliveredSeq ? 'delivered' : 'sent';
    messages.push(show(message, { ...message, key: mine ? message.clientId : message.id, mine, delivery, error: null }));
  }
  for (const item of outgoing) {
    if (arrived.has(item.clientId)) continue;
    const { clientId, conversationId, text, replyTo = null, createdAt, state, error = null } = item;
    const unsent = { id: null, seq: null, conversationId, clientId, senderId: me, createdAt };
    const unchanged = { editedAt: null, deletedAt: null, pinnedAt: null, revision: 0, reactions: [], ownReaction: null };
    const written = { ...unsent, kind: 'text' as const, text, system: null, replyTo, ...unchanged };
    messages.push(show(item, { ...written, key: clientId, mine: true, delivery: state, error }));
  }
  return messages;
}
