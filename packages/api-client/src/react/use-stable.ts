import { useInsertionEffect, useRef, useState } from 'react';

/** The same functions at every render, so that they can stand in the dependencies of an effect; each does what the newest one does. */
export function useStable<Functions extends object>(functions: Functions): Functions {
  const newest = useRef(functions);
  useInsertionEffect(() => {
    newest.current = functions;
  });
  const [stable] = useState(() => {
    type Call = (...args: unknown[]) => unknown;
    const names = Object.keys(functions);
    return Object.fromEntries(
      names.map((name) => [name, (...args: unknown[]) => (newest.current as Record<string, Call>)[name]?.(...args)]),
    ) as Functions;
  });
  return stable;
}
