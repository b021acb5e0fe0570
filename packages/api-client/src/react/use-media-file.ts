import { useEffect, useState } from 'react';
import type { FilePart, MessageWithFile } from '../types';
import type { MediaLink } from '../wire';
import { useApi } from './provider';
import { useMediaLink } from './use-media-link';
import { useStable } from './use-stable';

/**
 * - `loading`: it is not known yet where it is, or it is being opened;
 * - `ready`: what was asked for is there;
 * - `gone`: it is not there any more;
 * - `closed`: it is encrypted, and this device cannot open it, or not yet;
 * - `damaged`: what was loaded is not what was sent, and is not shown.
 */
export type MediaFileState = 'loading' | 'ready' | 'gone' | 'closed' | 'damaged';

export interface MediaFile {
  readonly state: MediaFileState;
  /** Where to show or play it from, while this is mounted. */
  readonly url: string | undefined;
  /** The picture of it; null where there is none. */
  readonly picture: MediaLink['picture'];
}

/** What was opened of a file on this device. */
type Opened = { readonly url: string } | { readonly refused: 'closed' | 'damaged' };

/** After so long it is loaded again where that failed, in milliseconds. */
const againMs = 5_000;

/** Loads a part of an encrypted file and opens it; `from`: where it is, undefined while it is not wanted. */
function useOpened(message: MessageWithFile, part: FilePart, from: string | undefined): Opened | undefined {
  const client = useApi();
  const { media } = message;
  /** Stays the same until something else would be opened. */
  const name = media && `${media.id} ${media.kind}`;
  const [opened, setOpened] = useState<Opened>();
  const { newest } = useStable({ newest: () => ({ asked: message, address: from ?? '' }) });
  const isWanted = from !== undefined && name !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another message with the same file, and a newer link to it, change nothing
  useEffect(() => {
    if (!isWanted) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    let url: string | undefined;
    let timer: ReturnType<typeof setTimeout>;

    async function open(): Promise<void> {
      const { asked, address } = newest();
      const answer = await fetch(address, { signal });
      if (!answer.ok) throw new Error(`The file was answered with ${answer.status}.`);
      const loaded = new Uint8Array(await answer.arrayBuffer());
      const file = await client.openFile(asked, part, loaded).catch(() => null);
      if (signal.aborted) return;
      if (!file) return setOpened({ refused: file === null ? 'closed' : 'damaged' });
      url = URL.createObjectURL(new Blob([file.bytes], { type: file.contentType }));
      setOpened({ url });
    }
    function load(): void {
      open().catch(() => {
        if (!signal.aborted) timer = setTimeout(load, againMs);
      });
    }
    load();
    return () => {
      leaving.abort();
      clearTimeout(timer);
      if (url !== undefined) URL.revokeObjectURL(url);
      setOpened(undefined);
    };
  }, [client, part, name, isWanted, newest]);

  return opened;
}

/**
 * The file of a message, to show or play it: as `useMediaLink` finds it, and where it is encrypted loaded, compared with what its sender has
 * said of it, and opened on this device. All of that is held in memory, so `isWanted` says whether more than its picture is needed.
 */
export function useMediaFile(message: MessageWithFile, { isWanted = true }: { isWanted?: boolean } = {}): MediaFile {
  const link = useMediaLink(message);
  // What the message does not open nothing does.
  const isClosed = message.media?.kind === 'encrypted';
  const sealed = link?.encrypted && !isClosed ? link : undefined;
  const file = useOpened(message, 'file', isWanted ? sealed?.url : undefined);
  const small = useOpened(message, 'picture', sealed?.picture?.medium);
  if (link === null) return { state: 'gone', url: undefined, picture: null };
  if (isClosed) return { state: 'closed', url: undefined, picture: null };
  if (sealed === undefined) return { state: link ? 'ready' : 'loading', url: link?.url, picture: link?.picture ?? null };
  const url = file && 'url' in file ? file.url : undefined;
  const picture = small && 'url' in small ? { small: small.url, medium: small.url, large: small.url } : null;
  for (const one of [file, small]) if (one && 'refused' in one) return { state: one.refused, url, picture };
  const isReady = isWanted ? file !== undefined : small !== undefined || sealed.picture === null;
  return { state: isReady ? 'ready' : 'loading', url, picture };
}
