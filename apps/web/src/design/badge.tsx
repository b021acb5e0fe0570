import type { ReactNode } from 'react';
import { cx } from './cx';

const tones = {
  plain: 'bg-sunken text-ink',
  good: 'border border-line-strong text-sea-ink',
  warm: 'bg-heart-soft text-heart-ink',
  bad: 'bg-danger-soft text-danger-ink',
} as const;

export type BadgeTone = keyof typeof tones;

/** A word about something: its state, its rank. */
export function Badge({ tone = 'plain', className, children }: { tone?: BadgeTone; className?: string; children: ReactNode }) {
  return (
    <span className={cx('inline-flex shrink-0 rounded-full whitespace-nowrap px-2.5 py-1 text-xs font-bold', tones[tone], className)}>
      {children}
    </span>
  );
}
