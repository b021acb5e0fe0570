import type { ChatMessage } from '@app/api-client/react';
import { describe, expect, it } from 'vitest';
import { stepTo, type ThreadRow, threadRows } from '../src/features/chat/thread-rows';

const rowsOf = (...keys: string[]): ThreadRow[] => keys.map((key) => ({ kind: 'day', key, iso: '2026-01-15T10:00:00.000Z' }));

/** The steps from some rows to others, each as the keys it shows; `+` where the beginning changes. */
function steps(from: ThreadRow[], target: ThreadRow[]): string[] {
  const taken: string[] = [];
  let rows: readonly ThreadRow[] = from;
  while (rows !== target) {
    const step = stepTo(rows, target);
    taken.push(`${step.shift ? '+' : ''}${step.rows.map(({ key }) => key).join('')}`);
    rows = step.rows;
  }
  return taken;
}

describe('the rows that are shown', () => {
  it.each([
    ['older ones come', 'cd', 'abcd', ['+abcd']],
    ['older ones come in the place of a day', 'xcd', 'abcd', ['+abcd']],
    ['new ones come', 'ab', 'abcd', ['abcd']],
    ['the newest are let go', 'abcd', 'ab', ['ab']],
    ['the oldest are let go', 'abcd', 'cd', ['+cd']],
    ['older ones come and the newest are let go', 'cdef', 'abcd', ['+abcdef', 'abcd']],
    ['newer ones come and the oldest are let go', 'abcd', 'cdef', ['+cd', 'cdef']],
    ['one in the middle goes', 'abc', 'ac', ['ac']],
    ['others altogether come', 'abc', 'xyz', ['xyz']],
    ['nothing was there', '', 'ab', ['ab']],
  ])('change at one end at a time: %s', (_, from, target, expected) => {
    expect(steps(rowsOf(...from), rowsOf(...target))).toEqual(expected);
  });

  it('are the same when nothing comes or goes', () => {
    const [shown, target] = [rowsOf('a', 'b'), rowsOf('a', 'b')];
    expect(stepTo(shown, target)).toEqual({ rows: target, target, shift: false });
  });
});

it('takes each message for a row that knows its place in what was said in one breath', () => {
  const said = (key: string, senderId: string, minute: number) =>
    ({ key, senderId, mine: false, kind: 'text', createdAt: `2026-01-15T10:0${minute}:00.000Z` }) as ChatMessage;
  const messages = [said('a', 'ben', 0), said('b', 'ben', 1), said('c', 'cleo', 1)];
  const told = (hasOlder: boolean) =>
    threadRows(messages, { firstUnreadKey: 'b', hasOlder }).map((row) =>
      row.kind === 'message' ? `${row.key}${row.isFirst ? ' first' : ''}${row.isLast ? ' last' : ''}` : row.kind,
    );
  expect(told(false)).toEqual(['day', 'a first last', 'unread', 'b first last', 'c first last']);
  // Whether the day begins there is not known.
  expect(told(true)[0]).toBe('a first last');
});
