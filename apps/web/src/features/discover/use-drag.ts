import type { SwipeAction } from '@app/api-client';
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { type Drag, decide, isAtRest, leanings, type Size, speedOf, springStep, tilt } from './swipe-physics';

interface Grip {
  pointer: number;
  startX: number;
  startY: number;
  heldLow: boolean;
  samples: { x: number; y: number; time: number }[];
}

/** Puts a card where it is dragged to, and shows what it leans to. Styles are set directly: React need not render sixty times a second. */
export function place(card: HTMLElement, at: Pick<Drag, 'x' | 'y'>, size: Size, heldLow: boolean): void {
  card.style.transform = `translate3d(${at.x}px, ${at.y}px, 0) rotate(${tilt(at.x, size, heldLow)}deg)`;
  for (const [action, strength] of Object.entries(leanings(at, size))) card.style.setProperty(`--${action}`, String(strength));
}

/** Lets a card be dragged by finger, pen or mouse, and thrown. What is not decided springs back. */
export function useDrag(
  card: RefObject<HTMLElement | null>,
  { onDecide, onTap }: { onDecide(action: SwipeAction, drag: Drag): void; onTap?(event: PointerEvent<HTMLElement>): void },
) {
  const grip = useRef<Grip | null>(null);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  function springBack(from: Drag, size: Size, heldLow: boolean): void {
    let [x, y] = [
      { value: from.x, velocity: from.vx },
      { value: from.y, velocity: from.vy },
    ];
    let before = performance.now();
    const step = (now: number) => {
      [x, y] = [springStep(x, now - before), springStep(y, now - before)];
      before = now;
      const rests = isAtRest(x) && isAtRest(y);
      if (card.current) place(card.current, rests ? { x: 0, y: 0 } : { x: x.value, y: y.value }, size, heldLow);
      if (!rests) frame.current = requestAnimationFrame(step);
    };
    frame.current = requestAnimationFrame(step);
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0 || grip.current || (event.target as Element).closest('button, a')) return;
    cancelAnimationFrame(frame.current);
    const box = event.currentTarget.getBoundingClientRect();
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = {
      pointer: event.pointerId,
      startX: event.clientX,
      startY: event.clientY,
      heldLow: event.clientY > box.top + box.height * 0.6,
      samples: [],
    };
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const held = grip.current;
    if (held?.pointer !== event.pointerId) return;
    const at = { x: event.clientX - held.startX, y: event.clientY - held.startY };
    held.samples.push({ ...at, time: event.timeStamp });
    if (held.samples.length > 24) held.samples.shift();
    place(event.currentTarget, at, sizeOf(event.currentTarget), held.heldLow);
  }

  function release(event: PointerEvent<HTMLElement>, cancelled: boolean): void {
    const held = grip.current;
    if (held?.pointer !== event.pointerId) return;
    grip.current = null;
    const drag: Drag = { x: event.clientX - held.startX, y: event.clientY - held.startY, ...speedOf(held.samples) };
    const size = sizeOf(event.currentTarget);
    const action = cancelled ? null : decide(drag, size);
    if (action) {
      onDecide(action, drag);
      return;
    }
    if (!cancelled && Math.hypot(drag.x, drag.y) < 6) onTap?.(event);
    springBack(cancelled ? { ...drag, x: held.samples.at(-1)?.x ?? 0, y: held.samples.at(-1)?.y ?? 0 } : drag, size, held.heldLow);
  }

  return {
    onPointerDown,
    onPointerMove,
    onPointerUp: (event: PointerEvent<HTMLElement>) => release(event, false),
    onPointerCancel: (event: PointerEvent<HTMLElement>) => release(event, true),
  };
}

function sizeOf({ offsetWidth: width, offsetHeight: height }: HTMLElement): Size {
  return { width, height };
}
