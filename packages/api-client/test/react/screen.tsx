import { QueryClient } from '@tanstack/react-query';
import { act, cleanup, configure, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { ApiClient } from '../../src/index';
import { ApiProvider, type Persist, type WebRtc } from '../../src/react/index';
import { afterwards } from '../clean-ups';

// Only a fact that never comes takes this long; a busy machine must not make a test fail.
configure({ asyncUtilTimeout: 15_000 });

export interface Screen<Result, Props> {
  /** What the hook answers now. */
  readonly now: Result;
  /** Everything it ever answered, from the first render on. */
  readonly renders: Result[];
  readonly queryClient: QueryClient;
  rerender(props: Props): void;
  unmount(): void;
  /** Does something, and lets React take it in. */
  act<T>(work: (result: Result) => T | Promise<T>): Promise<T>;
}

interface Setting<Props> {
  queryClient?: QueryClient;
  webrtc?: WebRtc;
  persist?: Persist;
  initialProps?: Props;
}

/** A hook on a screen of a device, in StrictMode, so that every effect runs twice. */
export function show<Result, Props>(
  client: ApiClient,
  hook: (props: Props) => Result,
  { queryClient = new QueryClient(), webrtc, persist, initialProps }: Setting<Props> = {},
): Screen<Result, Props> {
  // Before what it shows is closed: it was opened later.
  afterwards(cleanup);
  const renders: Result[] = [];
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ApiProvider client={client} queryClient={queryClient} webrtc={webrtc} persist={persist}>
      {children}
    </ApiProvider>
  );
  const { result, rerender, unmount } = renderHook(
    (props: Props) => {
      const answer = hook(props);
      renders.push(answer);
      return answer;
    },
    // Around everything: below another component React would run effects once.
    { wrapper, initialProps, reactStrictMode: true },
  );
  return {
    renders,
    queryClient,
    rerender,
    unmount,
    get now() {
      return result.current;
    },
    async act<T>(work: (answer: Result) => T | Promise<T>) {
      let done: Promise<T> | undefined;
      // A rejection inside `act` would keep React from taking in what led to it.
      await act(async () => {
        done = Promise.resolve(work(result.current));
        await done.catch(() => undefined);
      });
      return done as Promise<T>;
    },
  };
}

/** Resolves when the fact holds, however often React renders until then. */
export async function until(fact: () => unknown): Promise<void> {
  await waitFor(() => {
    if (!fact()) throw new Error(`Not so yet: ${fact}`);
  });
}

/** A promise that is resolved by hand. */
export function gate() {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}
