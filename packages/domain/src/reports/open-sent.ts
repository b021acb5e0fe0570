import { type FileKey, type Media, mediaBytes } from '@app/contracts';
import { fromBase64Url } from '../encoding';
import { inTurn, makeOpenFile } from '../media/make';
import { type MediaRow, mediaKey, presentMedia } from '../media/present';
import { Failure, fail } from '../pipeline/failure';
import type { Ports } from '../ports';

/** What an encrypted file has turned out to be, and the parts of it that are to be kept. */
interface OpenedFile {
  readonly media: Media;
  readonly format: string;
  readonly parts: readonly { readonly key: string; readonly bytes: Uint8Array }[];
}

const bytesOf = (text: string) => new Uint8Array(fromBase64Url(text) ?? []);

/** As `matrix.ts` of the SDK: the whole block counts. */
async function decrypt(sealed: Uint8Array, { key, iv }: FileKey): Promise<Uint8Array> {
  const opener = await crypto.subtle.importKey('raw', bytesOf(key), 'AES-CTR', false, ['decrypt']);
  return new Uint8Array(
    await crypto.subtle.decrypt({ name: 'AES-CTR', counter: bytesOf(iv), length: 128 }, opener, new Uint8Array(sealed)),
  );
}

/**
 * Opens an encrypted file as its sender uploaded it, and makes of it what is made of files that are sent in the open, to be kept as `fileId`.
 * Undefined where it is gone, and where the key opens nothing that can be seen or heard: then it is not the key, or was never such a file.
 */
export async function openSent(ports: Ports, file: MediaRow, fileKey: FileKey, fileId: string): Promise<OpenedFile | undefined> {
  return inTurn(1, async () => {
    const sealed = await ports.media.read(mediaKey(file), mediaBytes.encrypted);
    if (sealed === undefined) return undefined;
    try {
      const { row, bytesOf: partsOf } = await makeOpenFile({ ports, fail }, await decrypt(sealed, fileKey));
      const media = presentMedia({ ...file, ...row, posterId: null });
      return { media, format: row.format, parts: partsOf({ id: file.id, fileId, kind: row.kind, format: row.format }) };
    } catch (error) {
      if (error instanceof Failure) return undefined;
      throw error;
    }
  });
}
