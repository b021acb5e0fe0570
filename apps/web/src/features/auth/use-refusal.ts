import { useRef, useState } from 'react';
import { focusFirstFault } from './focus-first-fault';

/** What is wrong with the one thing that a form asks for: with what was typed, or with the sending of it. */
export function useRefusal() {
  const [fault, setFault] = useState<string>();
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  return {
    form,
    /** Stands at the field. */
    fault,
    /** Stands above the button. */
    error,
    /** Says what is wrong with the field, and moves the keyboard there. */
    refuse(text: string) {
      setFault(text);
      focusFirstFault(form.current);
    },
    setError,
    clear() {
      setFault(undefined);
      setError(null);
    },
  };
}
