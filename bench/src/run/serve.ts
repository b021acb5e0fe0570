import process from 'node:process';
import { setTimeout } from 'node:timers/promises';

/** What a server of the benchmarks is asked, and what it tells, over the channel to the process that started it. */
export type Question = 'usage' | 'settle' | 'stop';
export type Told<Ready> =
  | { readonly kind: 'ready'; readonly ready: Ready }
  | { readonly kind: 'usage'; readonly cpuMicros: number }
  | { readonly kind: 'settled' };

export interface Serving<Ready> {
  /** What the load generator has to know. */
  readonly ready: Ready;
  close(): Promise<void>;
}

/** Throws away what is not needed any more. Twice and more: what finalisers let go of is collected the next time. */
async function settle(): Promise<void> {
  for (let again = 0; again < 4; again += 1) {
    globalThis.gc?.();
    await setTimeout(100);
  }
}

/** Runs a server in this process for the one that started it, which may ask for the CPU time used so far, and for its garbage to be collected. */
export async function serve<Settings, Ready>(start: (settings: Settings) => Promise<Serving<Ready>>): Promise<void> {
  const tell = (told: Told<Ready>) => process.send?.(told);
  const serving = await start(JSON.parse(process.argv[2] ?? '{}') as Settings);
  process.on('message', (question: Question) => {
    if (question === 'usage') {
      const { user, system } = process.cpuUsage();
      tell({ kind: 'usage', cpuMicros: user + system });
    } else if (question === 'settle') void settle().then(() => tell({ kind: 'settled' }));
    else void serving.close().finally(() => process.exit());
  });
  // Whoever measured is gone: there is nobody left to serve.
  process.on('disconnect', () => process.exit());
  tell({ kind: 'ready', ready: serving.ready });
}
