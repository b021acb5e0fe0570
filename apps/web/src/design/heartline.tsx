import { cx } from './cx';

/** The mark: a steady line that, for one beat, becomes a heart. */
export const heartlinePath =
  'M2 34H58C66 34 69 30 73 22C78 11 88 7 96 16C104 7 116 8 119 19C122 32 108 42 96 52C90 47 85 43 81 38C85 34 92 34 100 34H190';

/** The line, from edge to edge of its box. `drawn`: it draws itself once. */
export function Heartline({ className, drawn = false, width = 5 }: { className?: string; drawn?: boolean; width?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 192 60" fill="none" className={cx('block', className)}>
      <path
        d={heartlinePath}
        pathLength={1}
        stroke="currentColor"
        strokeWidth={width}
        strokeLinecap="round"
        strokeLinejoin="round"
        className={drawn ? 'animate-[draw_1100ms_cubic-bezier(0.6,0,0.2,1)_both] [stroke-dasharray:1]' : undefined}
      />
    </svg>
  );
}

/** The name with its mark. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2 font-display text-[1.35rem] font-extrabold tracking-tight', className)}>
      <svg aria-hidden="true" viewBox="0 0 64 64" className="size-8 shrink-0">
        <rect width="64" height="64" rx="20" className="fill-heart" />
        <path
          d="M8 35h9c3 0 4-2 6-6 2-5 5-8 9-3 4-5 10-5 12 1 2 7-5 13-12 19-5-4-9-8-11-11"
          className="fill-none stroke-on-heart"
          strokeWidth="5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <path d="M45 35h11" className="fill-none stroke-on-heart opacity-60" strokeWidth="5" strokeLinecap="round" />
      </svg>
      Heartline
    </span>
  );
}
