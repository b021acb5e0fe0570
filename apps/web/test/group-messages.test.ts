import type { ChatMessage } from '@app/api-client/react';
import { describe, expect, it } from 'vitest';
import { groupMessages, isOnlyEmoji, piecesOf } from '../src/features/chat/group-messages';

const ada = 'ada';
const ben = 'ben';

/** A message of Ada, who is looking, or of Ben. */
function message(key: string, senderId: string, createdAt: string, text = key): ChatMessage {
  const mine = senderId === ada;
  return {
    key,
    id: key,
    seq: 1,
    conversationId: 'conversation',
    clientId: key,
    senderId,
    kind: 'text',
    text,
    replyTo: null,
    system: null,
    media: null,
    envelope: null,
    createdAt,
    editedAt: null,
    deletedAt: null,
    pinnedAt: null,
    revision: 0,
    reactions: [],
    ownReaction: null,
    mine,
    delivery: 'sent',
    upload: null,
    error: null,
  };
}

/** Groups in short: `day`, `new`, `ada: a b`. */
function laidOut(messages: ChatMessage[], firstUnread?: string): string[] {
  return groupMessages(messages, firstUnread).map((part) => {
    if (part.kind === 'day') return 'day';
    if (part.kind === 'unread') return 'new';
    if (part.kind === 'note') return `note ${part.key}`;
    return `${part.mine ? ada : ben}: ${part.messages.map(({ key }) => key).join(' ')}`;
  });
}

describe('laying out a conversation', () => {
  it('begins with the day, and puts together what one person says in one breath', () => {
    const messages = [
      message('a', ada, '2026-01-15T10:00:00.000Z'),
      message('b', ada, '2026-01-15T10:01:00.000Z'),
      message('c', ben, '2026-01-15T10:02:00.000Z'),
      message('d', ada, '2026-01-15T10:03:00.000Z'),
    ];
    expect(laidOut(messages)).toEqual(['day', 'ada: a b', 'ben: c', 'ada: d']);
  });

  it('sets what happened to the group apart from what is said', () => {
    const note = {
      ...message('b', ada, '2026-01-15T10:01:00.000Z'),
      kind: 'system' as const,
      text: null,
      system: { type: 'left' as const },
    };
    const messages = [message('a', ada, '2026-01-15T10:00:00.000Z'), note, message('c', ada, '2026-01-15T10:02:00.000Z')];
    expect(laidOut(messages)).toEqual(['day', 'ada: a', 'note b', 'ada: c']);
  });

  it('begins a group after a pause of more than five minutes', () => {
    const messages = [
      message('a', ada, '2026-01-15T10:00:00.000Z'),
      message('b', ada, '2026-01-15T10:05:00.000Z'),
      message('c', ada, '2026-01-15T10:10:00.001Z'),
    ];
    expect(laidOut(messages)).toEqual(['day', 'ada: a b', 'ada: c']);
  });

  it('begins a group with each day, however short the pause', () => {
    const messages = [message('a', ben, '2026-01-15T23:59:30.000Z'), message('b', ben, '2026-01-16T00:00:10.000Z')];
    expect(laidOut(messages)).toEqual(['day', 'ben: a', 'day', 'ben: b']);
  });

  it('draws the line above what is new, in the middle of a breath too', () => {
    const messages = [
      message('a', ben, '2026-01-15T10:00:00.000Z'),
      message('b', ben, '2026-01-15T10:00:10.000Z'),
      message('c', ben, '2026-01-15T10:00:20.000Z'),
    ];
    expect(laidOut(messages, 'b')).toEqual(['day', 'ben: a', 'new', 'ben: b c']);
    expect(laidOut(messages, 'a')).toEqual(['day', 'new', 'ben: a b c']);
  });

  it('keeps the key of a group that grows at its end', () => {
    const first = message('a', ada, '2026-01-15T10:00:00.000Z');
    const keys = (messages: ChatMessage[]) => groupMessages(messages).map(({ key }) => key);
    expect(keys([first, message('b', ada, '2026-01-15T10:00:01.000Z')])).toEqual(keys([first]));
  });

  it('lays out nothing as nothing', () => {
    expect(groupMessages([])).toEqual([]);
  });
});

describe('a text', () => {
  it('of one to three emoji is shown large, and nothing else is', () => {
    for (const text of ['🎉', '👩‍🚀🚀', ' ❤️ ', '🇵🇹🇫🇷']) expect(isOnlyEmoji(text)).toBe(true);
    for (const text of ['', 'hi 🎉', '🎉🎉🎉🎉', '123', ':)']) expect(isOnlyEmoji(text)).toBe(false);
  });

  it('is cut at web addresses, without the full stop behind them', () => {
    expect(piecesOf('See https://example.com/a?b=1, or not.')).toEqual([
      { text: 'See ' },
      { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
      { text: ', or not.' },
    ]);
  });

  it('never makes a link of anything but http and https', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://example.com', 'http://', 'http://%', 'plain']) {
      expect(piecesOf(text)).toEqual([{ text }]);
    }
  });

  it('loses no character', () => {
    const text = 'a https://x.example) b http://y.example/(z). c';
    expect(
      piecesOf(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});
