import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Upload, UploadedFile } from '@app/contracts';
import { fail } from '@app/domain';
import { Busboy } from '@fastify/busboy';

/** What a multipart body may weigh beside its file. */
const frameBytes = 8 * 1024;

const unreadable = (message: string) => fail('VALIDATION_FAILED', { issues: [{ path: 'file', message, code: 'malformed' }] });

/** A file that came in a request, on disk until the call ends. */
export interface Received {
  readonly receive: (upload: Upload) => Promise<UploadedFile>;
  /** Takes away what was received. */
  discard(): Promise<void>;
}

/**
 * Takes the one file of a `multipart/form-data` body, when it is asked for. It goes to disk as it comes in, so that any number
 * of slow uploads holds no memory, and is cut off as soon as it is larger than what is taken.
 */
export function receiver(request: IncomingMessage): Received {
  const path = join(tmpdir(), `heartline-upload-${randomUUID()}`);
  let begun = false;

  async function receive({ maxBytes }: Upload): Promise<UploadedFile> {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes + frameBytes) throw fail('PAYLOAD_TOO_LARGE', { maxBytes });
    begun = true;
    let saved: Promise<number> | undefined;
    const parts = new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      limits: { files: 1, fields: 0, fileSize: maxBytes, headerPairs: 20 },
    });
    let refused: Error | undefined;
    const refuse = (error: Error) => {
      refused ??= error;
      parts.destroy();
      request.unpipe(parts);
    };
    parts.on('file', (name: string, file: Readable & { truncated?: boolean }) => {
      if (name !== 'file') {
        file.resume();
        refuse(unreadable('The body holds the field file and nothing else'));
        return;
      }
      const target = createWriteStream(path, { flags: 'wx' });
      file.once('limit', () => refuse(fail('PAYLOAD_TOO_LARGE', { maxBytes })));
      saved = pipeline(file, target).then(() => target.bytesWritten);
      // Looked at below; a body that breaks off meanwhile is nobody's unhandled error.
      saved.catch(() => undefined);
    });
    try {
      await pipeline(request, parts);
    } catch (error) {
      if (refused === undefined && error instanceof Error) refused = unreadable('The body cannot be read');
    }
    if (refused !== undefined) throw refused;
    if (saved === undefined) throw unreadable('A file is missing');
    const size = await saved;
    return { size, bytes: () => readFile(path) };
  }

  return {
    receive,
    async discard() {
      if (begun) await rm(path, { force: true });
    },
  };
}
