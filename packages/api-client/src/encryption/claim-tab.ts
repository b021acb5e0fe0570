interface LocksLike {
  request(name: string, options: { ifAvailable?: boolean }, callback: (lock: object | null) => Promise<void>): Promise<void>;
}

/**
 * Waits until no other tab of this browser has these keys open: two that use them at once would ruin them. Answers how to let go of
 * them. Where there are no locks there are no tabs.
 */
export async function claimTab(name: string, onWait: () => void): Promise<() => void> {
  const { locks } = (globalThis as { navigator?: { locks?: LocksLike } }).navigator ?? {};
  if (locks === undefined) return () => undefined;
  return new Promise((resolve, reject) => {
    const hold = (lock: object | null) =>
      new Promise<void>((release) => {
        if (lock !== null) return resolve(release);
        release();
        onWait();
        locks.request(name, {}, hold).catch(reject);
      });
    locks.request(name, { ifAvailable: true }, hold).catch(reject);
  });
}
