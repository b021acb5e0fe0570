import { vi } from 'vitest';
import { afterwards } from '../clean-ups';

interface Request {
  readonly run: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/** What a page has by which its tabs agree on one of them: Web Locks, as far as the client uses them. `BroadcastChannel` Node has itself. */
export function fakeTabs(): { readonly locks: { request: (...args: never[]) => Promise<void> } } {
  const queues = new Map<string, Request[]>();

  async function next(name: string): Promise<void> {
    const queue = queues.get(name) ?? [];
    const first = queue[0];
    if (first === undefined) return;
    await first.run();
    queue.shift();
    void next(name);
  }

  async function request(
    name: string,
    { ifAvailable, signal }: { ifAvailable?: boolean; signal?: AbortSignal },
    task: (lock: object | null) => Promise<void> | void,
  ): Promise<void> {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    if (ifAvailable && queue.length > 0) {
      await task(null);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const one: Request = { signal, run: async () => resolve(await task({ name })) };
      signal?.addEventListener('abort', () => {
        const place = queue.indexOf(one);
        if (place <= 0) return;
        queue.splice(place, 1);
        reject(signal.reason);
      });
      queue.push(one);
      if (queue.length === 1) void next(name);
    });
  }

  const locks = { request } as never;
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('navigator', { locks });
  afterwards(() => vi.unstubAllGlobals());
  return { locks };
}
