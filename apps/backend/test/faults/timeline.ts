/** What happened when, for whoever looks for the cause of a loss. */
export interface Timeline {
  /** Since the beginning, in milliseconds. */
  now(): number;
  note(what: string): void;
  /** Everything that was noted, a line each. */
  text(): string;
}

export const stamp = (at: number) => `+${(at / 1000).toFixed(2)} s`;

export function startTimeline(): Timeline {
  const began = performance.now();
  const lines: string[] = [];
  const now = () => performance.now() - began;
  return {
    now,
    note(what) {
      const line = `${stamp(now()).padStart(10)}  ${what}`;
      lines.push(line);
      // At once, so that a round that never ends tells where it stands.
      console.log(line);
    },
    text: () => lines.join('\n'),
  };
}
