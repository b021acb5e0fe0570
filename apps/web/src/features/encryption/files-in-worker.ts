import type { FileToSend } from '@app/api-client';
import type { CryptoMachine } from '@app/api-client/encryption';

type Wanted =
  | { readonly do: 'encrypt'; readonly file: FileToSend }
  | { readonly do: 'decrypt'; readonly loaded: Uint8Array; readonly keys: string };
/** What the worker is asked for, and what it answers. */
export type FileTask = Wanted & { readonly id: number };
export type FileAnswer = { readonly id: number } & (
  | { readonly file: FileToSend; readonly keys: string }
  | { readonly bytes: ArrayBuffer | undefined }
  | { readonly failed: string }
);

/** Encrypts and opens files in a worker: a large one takes seconds, in which the page goes on. */
export function filesInWorker(): Pick<CryptoMachine, 'encryptFile' | 'decryptFile'> {
  const waiting = new Map<number, { take(answer: FileAnswer): void; give(error: unknown): void }>();
  let worker: Worker | undefined;
  let last = 0;

  function begin(): Worker {
    const begun = new Worker(new URL('./files-worker.ts', import.meta.url), { type: 'module' });
    begun.onmessage = ({ data }: MessageEvent<FileAnswer>) => {
      waiting.get(data.id)?.take(data);
      waiting.delete(data.id);
    };
    // It could not be loaded: who waits hears of it, and the next one tries again.
    begun.onerror = () => {
      for (const { give } of waiting.values()) give(new Error('Files cannot be encrypted here.'));
      waiting.clear();
      worker = undefined;
    };
    return begun;
  }

  async function ask(wanted: Wanted): Promise<FileAnswer> {
    worker ??= begin();
    last += 1;
    const task: FileTask = { ...wanted, id: last };
    const answered = new Promise<FileAnswer>((take, give) => waiting.set(task.id, { take, give }));
    worker.postMessage(task);
    const answer = await answered;
    if ('failed' in answer) throw new Error(answer.failed);
    return answer;
  }

  return {
    async encryptFile(file) {
      const answer = await ask({ do: 'encrypt', file });
      if (!('file' in answer)) throw new Error('It was asked for something else.');
      return answer;
    },
    async decryptFile(loaded, keys) {
      const answer = await ask({ do: 'decrypt', loaded, keys });
      return 'bytes' in answer ? answer.bytes : undefined;
    },
  };
}
