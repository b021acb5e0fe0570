import type { ChatMessage } from '@app/api-client/react';

/** A conversation as it is laid out: days, the line above what is new, and what one person said in one breath. */
export type ThreadPart =
  | { kind: 'day'; key: string; iso: string }
  | { kind: 'unread'; key: string }
  /** What happened to the group. */
  | { kind: 'note'; key: string; message: ChatMessage }
  | { kind: 'group'; key: string; mine: boolean; messages: readonly ChatMessage[] };

/** Messages of one person belong together while no pause is longer than this. In milliseconds. */
const longestPause = 5 * 60_000;

function isSameDay(one: string, other: string): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/**
 * Lays out messages, oldest first. `firstUnreadKey`: the line above what is new stands before this message.
 * The key of a group is that of its first message, so that a group that grows stays the same group.
 */
export function groupMessages(messages: readonly ChatMessage[], firstUnreadKey?: string): ThreadPart[] {
  const parts: ThreadPart[] = [];
  let open: ChatMessage[] | undefined;
  let before: ChatMessage | undefined;
  for (const message of messages) {
    const newDay = !before || !isSameDay(before.createdAt, message.createdAt);
    const isFirstUnread = message.key === firstUnreadKey;
    if (newDay) parts.push({ kind: 'day', key: `day ${message.key}`, iso: message.createdAt });
    if (isFirstUnread) parts.push({ kind: 'unread', key: 'unread' });
    if (message.kind === 'system') {
      parts.push({ kind: 'note', key: message.key, message });
      open = undefined;
      before = message;
      continue;
    }
    const pause = before ? Date.parse(message.createdAt) - Date.parse(before.createdAt) : 0;
    if (!open || newDay || isFirstUnread || before?.senderId !== message.senderId || pause > longestPause) {
      open = [];
      parts.push({ kind: 'group', key: message.key, mine: message.mine, messages: open });
    }
    open.push(message);
    before = message;
  }
  return parts;
}

/** Making one takes longer than all that it is asked while a conversation is scrolled through. */
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const picture = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/** A text that is nothing but one to three emoji can be shown large. */
export function isOnlyEmoji(text: string): boolean {
  let count = 0;
  // Most texts begin with something else, and are not taken apart any further.
  for (const { segment } of graphemes.segment(text.trim())) {
    count += 1;
    if (count > 3 || !picture.test(segment)) return false;
  }
  return count > 0;
}

/** A piece of a text: a web address, or the words between. */
export interface TextPiece {
  text: string;
  href?: string;
}

/** Finds web addresses. Only `http` and `https` become links; a full stop behind one is not part of it. */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(/\bhttps?:\/\/[^\s<>"]+/gi)) {
    const href = found.replace(/[.,;:!?)\]'’”]+$/, '');
    if (!URL.canParse(href)) continue;
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: href, href });
    from = index + href.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
