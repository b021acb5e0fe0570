import type { ChatMessage } from '@app/api-client/react';
import { groupMessages } from './group-messages';

/** What stands in the thread, one below the other. */
export type ThreadRow =
  | { kind: 'day'; key: string; iso: string }
  | { kind: 'unread'; key: string }
  /** What happened to the group. */
  | { kind: 'note'; key: string; message: ChatMessage }
  /** `isFirst`, `isLast`: its place in what one person said in one breath. */
  | { kind: 'message'; key: string; message: ChatMessage; isFirst: boolean; isLast: boolean };

interface RowWishes {
  /** The line above what is new stands before this message. */
  readonly firstUnreadKey: string | undefined;
  /** Whether older ones are to come: whether the day begins with the first message that is there is not known then. */
  readonly hasOlder: boolean;
}

/** The rows of a thread, oldest first. */
export function threadRows(messages: readonly ChatMessage[], { firstUnreadKey, hasOlder }: RowWishes): ThreadRow[] {
  const rows = groupMessages(messages, firstUnreadKey).flatMap((part): ThreadRow[] =>
    part.kind === 'group'
      ? part.messages.map((message, index) => ({
          kind: 'message',
          key: message.key,
          message,
          isFirst: index === 0,
          isLast: index === part.messages.length - 1,
        }))
      : [part],
  );
  return hasOlder && rows[0]?.kind === 'day' ? rows.slice(1) : rows;
}

/** Rows on their way to others. `shift`: it is at their beginning that some came or went. */
export interface RowsShown {
  readonly rows: readonly ThreadRow[];
  /** What is to be shown in the end. */
  readonly target: readonly ThreadRow[];
  readonly shift: boolean;
}

/**
 * The next step from the rows that are shown to others: what is in view keeps its place where rows come or go at one end at a time, and a
 * page that is loaded above may make one below go. So the beginning changes first, and the end with the step after it.
 */
export function stepTo(shown: readonly ThreadRow[], target: readonly ThreadRow[]): RowsShown {
  const places = new Map(target.map(({ key }, index) => [key, index]));
  const place = ({ key }: ThreadRow) => places.get(key);
  const first = shown.findIndex((row) => place(row) !== undefined);
  const last = shown.findLastIndex((row) => place(row) !== undefined);
  const [from, to] = [shown[first], shown[last]];
  // Other messages altogether.
  if (from === undefined || to === undefined) return { rows: target, target, shift: false };
  const shift = place(from) !== first;
  const until = (place(to) ?? 0) + 1;
  const after = shown.slice(last + 1);
  const endChanges = target.length - until !== after.length;
  return { rows: shift && endChanges ? [...target.slice(0, until), ...after] : target, target, shift };
}
