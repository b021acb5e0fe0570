import type { ReactNode } from 'react';

/** An icon on a soft round ground: the picture of a list with nothing in it. */
export function RoundPicture({ children }: { children: ReactNode }) {
  return <span className="grid size-20 place-items-center rounded-full bg-heart-soft text-heart-ink [&>svg]:size-9">{children}</span>;
}
