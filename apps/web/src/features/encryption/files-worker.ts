import { matrixFiles } from '@app/api-client/encryption/matrix';
import type { FileAnswer, FileTask } from './files-in-worker';

async function answer(task: FileTask): Promise<FileAnswer> {
  if (task.do === 'encrypt') return { id: task.id, ...(await matrixFiles.encryptFile(task.file)) };
  return { id: task.id, bytes: await matrixFiles.decryptFile(task.loaded, task.keys) };
}

addEventListener('message', ({ data }: MessageEvent<FileTask>) => {
  answer(data).then(
    (done) => postMessage(done, { transfer: 'bytes' in done && done.bytes ? [done.bytes] : [] }),
    (error: unknown) => postMessage({ id: data.id, failed: String(error) } satisfies FileAnswer),
  );
});
