import type { SwipeAction } from '@app/api-client';
import { useEffect, useRef } from 'react';

const actions: Readonly<Record<string, SwipeAction>> = { ArrowLeft: 'pass', ArrowRight: 'like', ArrowUp: 'super_like' };

/** Whether a key belongs to what has the focus: text being written, a slider, a menu, a dialog. */
function isTaken(target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : null;
  return (
    element?.closest('input, textarea, select, [contenteditable], [role=slider], [role=menu], [role=dialog], [role=alertdialog]') != null
  );
}

/** ← pass, → like, ↑ super like, Z or Backspace undo. */
export function useSwipeKeys(handlers: { onSwipe(action: SwipeAction): void; onUndo(): void }): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (
        event.repeat ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.shiftKey ||
        event.defaultPrevented ||
        isTaken(event.target)
      )
        return;
      const action = actions[event.key];
      const undoes = event.key === 'Backspace' || event.key.toLowerCase() === 'z';
      if (!action && !undoes) return;
      event.preventDefault();
      if (action) latest.current.onSwipe(action);
      else latest.current.onUndo();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
