import { type RefObject, useEffect, useRef } from 'react';

/** Brings what has just appeared into view: a refusal below the edge of a phone is no answer. */
export function useInView<Element extends HTMLElement>(appeared: unknown): RefObject<Element | null> {
  const element = useRef<Element>(null);
  useEffect(() => {
    if (appeared) element.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [appeared]);
  return element;
}
