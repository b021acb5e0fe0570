import type { ChatMessage } from '@app/api-client/react';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';

/** This near to the end counts as being there. In pixels. */
const nearEnd = 60;
/** This near to the beginning, older messages are loaded. In pixels. */
const nearBeginning = 1_500;
/** From further away one is not led through all that is between. In pixels. */
const longWay = 4_000;

interface ThreadScroll {
  /** Whether the newest message is in view. */
  atNewest: boolean;
  /** How many came while it was not. */
  missed: number;
  onScroll(): void;
  jumpToNewest(): void;
  /** The row to begin with is in view. */
  begin(): void;
}

interface ThreadScrollInput {
  /** What scrolls, what is in it, and the list of those of its rows that are in view. */
  frame: RefObject<HTMLElement | null>;
  content: RefObject<HTMLElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  messages: readonly ChatMessage[];
  /** The place of the row to begin with; undefined: at the newest message. Until it is in view nothing more is loaded, which would move it. */
  start: number | undefined;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  loadOlder(): Promise<void>;
  /** Whether what is loaded ends before the newest message. */
  hasNewer: boolean;
  isLoadingNewer: boolean;
  loadNewer(): Promise<void>;
  onAtNewest(atNewest: boolean): void;
}

/** Stays at the newest message while one is there. That one stays at the same words while older ones come in above is the list's to see to. */
export function useThreadScroll({
  frame,
  content,
  list,
  messages,
  start,
  hasOlder,
  isLoadingOlder,
  loadOlder,
  hasNewer,
  isLoadingNewer,
  loadNewer,
  onAtNewest,
}: ThreadScrollInput): ThreadScroll {
  const [atNewest, setAtNewest] = useState(start === undefined && !hasNewer);
  const [missed, setMissed] = useState(0);
  /** How things were after the last render, and where one was when one last looked. */
  const before = useRef({ last: '', top: 0, atNewest: start === undefined && !hasNewer, hasNewer: false, shown: false, begun: false });

  const toEnd = useCallback(
    (behavior: ScrollBehavior = 'instant') => frame.current?.scrollTo({ top: frame.current.scrollHeight, behavior }),
    [frame],
  );

  const look = useCallback(() => {
    const box = frame.current;
    const past = before.current;
    if (!box || !past.begun) return;
    const below = box.scrollHeight - box.scrollTop - box.clientHeight;
    // Rows turn out to be higher than was thought once they are in view: only who goes up leaves the newest message.
    const there = !hasNewer && (below < nearEnd || (past.atNewest && box.scrollTop >= past.top));
    past.top = box.scrollTop;
    past.atNewest = there;
    setAtNewest(there);
    if (there) setMissed(0);
    if (box.scrollTop < nearBeginning && hasOlder && !isLoadingOlder) void loadOlder();
    else if (below < nearBeginning && hasNewer && !isLoadingNewer) void loadNewer();
  }, [frame, hasOlder, isLoadingOlder, loadOlder, hasNewer, isLoadingNewer, loadNewer]);

  const begin = useCallback(() => {
    before.current.begun = true;
    look();
  }, [look]);

  const last = messages.at(-1);

  useLayoutEffect(() => {
    const past = before.current;
    if (!last) return;
    if (!past.shown) {
      past.shown = true;
      past.begun = start === undefined;
      if (start === undefined) toEnd();
      else list.current?.scrollToIndex(start, { align: 'center' });
    } else if (last.key !== past.last) {
      // Pages come and go below: nobody has just written them.
      if (past.hasNewer || hasNewer) setMissed(0);
      else if (last.mine || past.atNewest) {
        past.atNewest = true;
        toEnd();
      } else {
        const added = messages.length - 1 - messages.findIndex(({ key }) => key === past.last);
        setMissed((now) => now + added);
      }
    }
    Object.assign(past, { last: last.key, hasNewer });
    look();
  }, [list, start, messages, last, hasNewer, toEnd, look]);

  // The composer grows, the keyboard of a phone opens, someone begins to type: the newest message stays in view.
  useEffect(() => {
    const [box, inner] = [frame.current, content.current];
    if (!box || !inner) return;
    const observer = new ResizeObserver(() => {
      if (before.current.atNewest && before.current.begun) toEnd();
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
    begin,
    jumpToNewest() {
      const box = frame.current;
      if (!box) return;
      const isFar = box.scrollHeight - box.scrollTop - box.clientHeight > longWay;
      // What is above the end gets its height only then: one is held there from now on.
      if (isFar) before.current.atNewest = true;
      toEnd(isFar || window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth');
    },
  };
}
