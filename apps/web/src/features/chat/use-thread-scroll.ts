import type { ChatMessage } from '@app/api-client/react';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** This near to the end counts as being there. In pixels. */
const nearEnd = 60;
/** This near to the beginning, older messages are loaded. In pixels. */
const nearBeginning = 500;

interface ThreadScroll {
  /** Whether the newest message is in view. */
  atNewest: boolean;
  /** How many came while it was not. */
  missed: number;
  onScroll(): void;
  jumpToNewest(): void;
}

interface ThreadScrollInput {
  /** What scrolls, and what is in it. */
  frame: RefObject<HTMLElement | null>;
  content: RefObject<HTMLElement | null>;
  messages: readonly ChatMessage[];
  /** Where to begin, if not at the newest message: the line above what is new. */
  startAt: RefObject<HTMLElement | null>;
  /** The place of the message to begin with, before all else. */
  startSeq: number | undefined;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  loadOlder(): Promise<void>;
  /** Whether what is loaded ends before the newest message. */
  hasNewer: boolean;
  isLoadingNewer: boolean;
  loadNewer(): Promise<void>;
  onAtNewest(atNewest: boolean): void;
}

/** Brings a message into the middle, and draws the eye to it. */
export function showRow(row: Element): void {
  row.scrollIntoView({ block: 'center' });
  row.animate([{ opacity: 0.2 }, { opacity: 1 }], { duration: 900, easing: 'ease-out' });
}

/** Stays at the newest message while one is there, and at the same words while older ones come in above. */
export function useThreadScroll({
  frame,
  content,
  messages,
  startAt,
  startSeq,
  hasOlder,
  isLoadingOlder,
  loadOlder,
  hasNewer,
  isLoadingNewer,
  loadNewer,
  onAtNewest,
}: ThreadScrollInput): ThreadScroll {
  const [atNewest, setAtNewest] = useState(true);
  const [missed, setMissed] = useState(0);
  /** How things were after the last render. */
  const before = useRef({ first: '', last: '', count: 0, height: 0, atNewest: true, hasNewer: false, begun: false });

  const toEnd = useCallback(
    (behavior: ScrollBehavior = 'instant') => frame.current?.scrollTo({ top: frame.current.scrollHeight, behavior }),
    [frame],
  );

  const look = useCallback(() => {
    const box = frame.current;
    if (!box) return;
    const below = box.scrollHeight - box.scrollTop - box.clientHeight;
    const there = below < nearEnd && !hasNewer;
    before.current.atNewest = there;
    setAtNewest(there);
    if (there) setMissed(0);
    if (box.scrollTop < nearBeginning && hasOlder && !isLoadingOlder && before.current.begun) void loadOlder();
    if (below < nearBeginning && hasNewer && !isLoadingNewer && before.current.begun) void loadNewer();
  }, [frame, hasOlder, isLoadingOlder, loadOlder, hasNewer, isLoadingNewer, loadNewer]);

  const first = messages[0]?.key ?? '';
  const last = messages.at(-1);

  useLayoutEffect(() => {
    const box = frame.current;
    const past = before.current;
    if (!box || !last) return;
    if (!past.begun) {
      past.begun = true;
      const row = startSeq === undefined ? null : box.querySelector(`[data-seq="${startSeq}"]`);
      if (row) showRow(row);
      else if (startAt.current) box.scrollTop = startAt.current.offsetTop - box.clientHeight / 3;
      else toEnd();
    } else if (last.key !== past.last) {
      const added = messages.length - past.count;
      // What was there already comes in below, and what is in view stays in view.
      if (past.hasNewer) setMissed(0);
      else if (last.mine || past.atNewest) toEnd();
      else setMissed((now) => now + Math.max(0, added));
    } else if (first !== past.first) {
      // Older ones came in above: what was in view stays in view.
      box.scrollTop += box.scrollHeight - past.height;
    }
    Object.assign(past, { first, last: last.key, count: messages.length, height: box.scrollHeight, hasNewer });
    look();
  }, [frame, startAt, startSeq, messages, first, last, hasNewer, toEnd, look]);

  // The composer grows, the keyboard of a phone opens, someone begins to type: the newest message stays in view.
  useEffect(() => {
    const [box, inner] = [frame.current, content.current];
    if (!box || !inner) return;
    const observer = new ResizeObserver(() => {
      if (before.current.atNewest && before.current.begun) toEnd();
      before.current.height = box.scrollHeight;
    });
    observer.observe(box);
    observer.observe(inner);
    return () => observer.disconnect();
  }, [frame, content, toEnd]);

  useEffect(() => onAtNewest(atNewest), [onAtNewest, atNewest]);

  return {
    atNewest,
    missed,
    onScroll: look,
    jumpToNewest: () => toEnd(window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth'),
  };
}
