import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

interface Dragged {
  readonly id: string;
  readonly pointerId: number;
  readonly ids: readonly string[];
}

/** So close to the upper or lower end of the window, in pixels, the page is scrolled under what is dragged. */
const rim = 96;

/** The list with one id in another place. */
export function moved(ids: readonly string[], id: string, to: number): string[] {
  const others = ids.filter((one) => one !== id);
  return [...others.slice(0, to), id, ...others.slice(to)];
}

/** Pixels to scroll in one frame: the closer to the end, the more. */
function pull(y: number): number {
  const past = Math.min(0, y - rim) + Math.max(0, y - (window.innerHeight - rim));
  return Math.max(-rim, Math.min(rim, past)) / 8;
}

/** The list as it is when what is dragged lies at this place of the window, where some tile says its id by `data-photo`. */
function orderAt(now: Dragged, x: number, y: number): Dragged {
  const over = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-photo]')?.dataset.photo;
  if (over === undefined || over === now.id) return now;
  const place = now.ids.indexOf(over);
  return place < 0 ? now : { ...now, ids: moved(now.ids, now.id, place) };
}

/**
 * An order that is changed by hand. `dragged` is the order to be shown meanwhile, and null when nothing is held; `begin` goes
 * to the handle of each. The new order is told once, when it is let go; Escape, or a gesture of the browser's own, leaves the old one.
 */
export function useDraggedOrder(ids: readonly string[], onOrder: (ids: readonly string[]) => void) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const latest = useRef({ dragged, onOrder });
  useLayoutEffect(() => {
    latest.current = { dragged, onOrder };
  });

  // Heard of by the window: an element that moves within the page loses the pointer that it has captured.
  const pointerId = dragged?.pointerId;
  useEffect(() => {
    if (pointerId === undefined) return;
    const over = new AbortController();
    const { signal } = over;
    let at: { readonly x: number; readonly y: number } | undefined;
    const follow = () => {
      const { dragged: now } = latest.current;
      if (at === undefined || now === null) return;
      const next = orderAt(now, at.x, at.y);
      // On the page at once: a quick hand moves again, or lets go, before the next frame, and what lies beneath it is read from there.
      if (next !== now) flushSync(() => setDragged(next));
    };
    const mine = (does: (event: globalThis.PointerEvent) => void) => (event: globalThis.PointerEvent) => {
      if (event.pointerId === pointerId) does(event);
    };
    window.addEventListener(
      'pointermove',
      mine(({ clientX: x, clientY: y }) => {
        at = { x, y };
        follow();
      }),
      { signal },
    );
    window.addEventListener(
      'pointerup',
      mine(() => {
        const { dragged: last, onOrder: tell } = latest.current;
        setDragged(null);
        if (last) tell(last.ids);
      }),
      { signal },
    );
    window.addEventListener(
      'pointercancel',
      mine(() => setDragged(null)),
      { signal },
    );
    window.addEventListener('keydown', ({ key }) => key === 'Escape' && setDragged(null), { signal });
    let frame = 0;
    const scroll = () => {
      frame = requestAnimationFrame(scroll);
      const by = at === undefined ? 0 : pull(at.y);
      if (by === 0) return;
      window.scrollBy(0, by);
      follow();
    };
    scroll();
    return () => {
      over.abort();
      cancelAnimationFrame(frame);
    };
  }, [pointerId]);

  function begin(event: PointerEvent, id: string) {
    // Neither by another button nor by a second finger.
    if (event.button === 0 && event.isPrimary) setDragged({ id, pointerId: event.pointerId, ids });
  }
  return { dragged, begin };
}
