import type { OutgoingMedia, OutgoingMessage } from '../types';
import type { Media, Message } from '../wire';
import type { Reach } from './receipts';

/**
 * `queued`, `sending`, `failed`: still on this device. `sent`: the server has it. `delivered`: it has reached a device of whom it was for.
 * `read`: they have read it. In a group that is all whom it was for, as far as you see them.
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
  /** The file that is on its way with it: to be shown meanwhile. Null once it is sent, and where there is none. */
  upload: OutgoingMedia | null;
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
  /** How far messages have come to the others, and how far you have read. */
  reach: Reach;
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

/** A file as it will be once it is sent, as far as that is known here. */
function mediaOf({ kind, width, height, durationMs, poster, waveform }: OutgoingMedia): Media {
  const size = { width: width ?? null, height: height ?? null, durationMs: durationMs ?? null };
  const hasPicture = kind === 'image' || poster !== undefined;
  return {
    id: '',
    kind,
    contentType: '',
    size: 0,
    ...size,
    codecs: [],
    color: null,
    hasPicture,
    waveform: waveform ? [...waveform] : null,
  };
}

function ownDelivery(seq: number, { from, delivered, read }: Reach): Delivery {
  if (seq <= from) return 'sent';
  return seq <= read ? 'read' : seq <= delivered ? 'delivered' : 'sent';
}

/** What the server has and what is still on its way, as one list: oldest to newest, each message once. */
export function timelineOf({ sent, outgoing, me, reach, myReadSeq }: TimelineParts): ChatMessage[] {
  const arrived = new Set<string>();
  const messages: ChatMessage[] = [];
  for (let index = sent.length - 1; index >= 0; index -= 1) {
    const message = sent[index] as Message;
    // What came while the page with it was on its way is there twice.
    if (message.seq === sent[index + 1]?.seq) continue;
    const mine = message.senderId === me;
    if (mine) arrived.add(message.clientId);
    const delivery = mine ? ownDelivery(message.seq, reach) : message.seq <= myReadSeq ? 'read' : 'sent';
    messages.push(show(message, { ...message, key: mine ? message.clientId : message.id, mine, delivery, upload: null, error: null }));
  }
  for (const item of outgoing) {
    if (arrived.has(item.clientId)) continue;
    const { clientId, conversationId, text, media: upload = null, replyTo = null, createdAt, state, error = null } = item;
    const unsent = { id: null, seq: null, conversationId, clientId, senderId: me, createdAt };
    const unchanged = { editedAt: null, deletedAt: null, pinnedAt: null, revision: 0, reactions: [], ownReaction: null };
    const kind = upload?.kind ?? ('text' as const);
    const media = upload === null ? null : mediaOf(upload);
    const written = { ...unsent, kind, text: text || null, envelope: null, system: null, media, replyTo, ...unchanged };
    messages.push(show(item, { ...written, key: clientId, mine: true, delivery: state, upload, error }));
  }
  return messages;
}
