import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { newClientId } from '../client-id';
import type { ApiError } from '../errors';
import { sendPhoto } from '../send-photo';
import type { ApiClient, FileToSend } from '../types';
import type { OwnPhoto } from '../wire';
import type { Fact } from './facts/fact';
import type { LiveCache } from './live-cache';
import { apiQuery } from './options';
import { useAccess, useApiContext } from './provider';
import { createStore, perClient, useFacts } from './store';
import { useStable } from './use-stable';

/** A photo on its way. Replaced at each change, never changed: compare it by identity. */
export interface PhotoUpload {
  readonly id: string;
  readonly file: FileToSend;
  /** From 0 to 1. At 1 everything is sent, and the service makes a photo of it. */
  readonly progress: number;
  /** Why it was refused; it waits for `retry` or `dismiss`. */
  readonly error: ApiError | null;
}

export interface UsePhotosResult {
  /** In order. Those of `status: 'rejected'` are seen by nobody else. */
  photos: OwnPhoto[];
  /** What is on its way or was refused, the oldest first. Uploads go on when the component is gone. */
  uploads: readonly PhotoUpload[];
  /** Sends files, one after the other, behind what is there. Never rejects; the uploads tell. */
  upload(...files: FileToSend[]): void;
  /** Stops an upload, and forgets it. */
  cancel(uploadId: string): void;
  /** Sends a refused one again. */
  retry(uploadId: string): void;
  /** Takes a photo away, at once here. Rejects with an `ApiError`, and then it is back. */
  remove(photoId: string): Promise<void>;
  /** Puts the photos in order, at once here. Rejects with an `ApiError` (`PHOTO_ORDER_STALE`), and then they are loaded anew. */
  reorder(photoIds: readonly string[]): Promise<void>;
  isLoading: boolean;
  /** Why loading them failed. */
  error: ApiError | null;
}

const none: OwnPhoto[] = [];

/** The photos as they are now, and the profile that shows them loaded anew. */
const photosAre =
  (items: OwnPhoto[]): Fact =>
  (cache) => {
    cache.put('profiles.photos', {}, { items });
    cache.refresh('profiles.profile');
  };

/** The uploads of one client, for all components: one at a time, so that they come to stand in the order in which they were chosen. */
const uploadsOf = perClient((client: ApiClient) => {
  const store = createStore({ uploads: [] as readonly PhotoUpload[] });
  const underWay = new Map<string, AbortController>();
  let line: Promise<unknown> = Promise.resolve();
  const forget = (id: string) => store.set({ uploads: store.get().uploads.filter((upload) => upload.id !== id) });
  const change = (id: string, facts: Partial<PhotoUpload>) =>
    store.set({ uploads: store.get().uploads.map((upload) => (upload.id === id ? { ...upload, ...facts } : upload)) });

  async function send({ id, file }: PhotoUpload, live: LiveCache): Promise<void> {
    const control = underWay.get(id);
    if (control === undefined || control.signal.aborted) return;
    try {
      const photo = await sendPhoto(client.profiles, file, {
        signal: control.signal,
        onUploadProgress: ({ loaded, total }) => total && change(id, { progress: Math.min(1, loaded / total) }),
      });
      live.learn((cache) => {
        cache.one('profiles.photos', ({ items }) => ({ items: [...items.filter((one) => one.id !== photo.id), photo] }));
        cache.refresh('profiles.profile');
      });
      forget(id);
    } catch (error) {
      if (!control.signal.aborted) change(id, { error: error as ApiError });
    } finally {
      underWay.delete(id);
    }
  }

  function enqueue(upload: PhotoUpload, live: LiveCache): void {
    underWay.set(upload.id, new AbortController());
    line = line.then(() => send(upload, live));
  }
  client.session.onChange(() => {
    if (client.session.state !== 'signedOut') return;
    for (const control of underWay.values()) control.abort();
    store.set({ uploads: [] });
  });

  return {
    store,
    add(files: readonly FileToSend[], live: LiveCache) {
      const uploads = files.map((file): PhotoUpload => ({ id: newClientId(), file, progress: 0, error: null }));
      store.set({ uploads: [...store.get().uploads, ...uploads] });
      for (const upload of uploads) enqueue(upload, live);
    },
    retry(id: string, live: LiveCache) {
      const upload = store.get().uploads.find((one) => one.id === id);
      if (upload === undefined || upload.error === null) return;
      change(id, { progress: 0, error: null });
      enqueue(upload, live);
    },
    cancel(id: string) {
      underWay.get(id)?.abort();
      forget(id);
    },
  };
});

/** One's own photos: to add, to order and to take away. */
export function usePhotos(): UsePhotosResult {
  const { client, live } = useApiContext();
  const { enabled, isExpected } = useAccess();
  const desk = uploadsOf(client);
  const { uploads } = useFacts(desk.store);
  const { data, isPending, error } = useQuery({ ...apiQuery(client, 'profiles.photos'), enabled });
  const photos = data?.items ?? none;

  // What moderators decide is told as a notification.
  useEffect(
    () =>
      client.realtime.on('notification:created', ({ notification }) => {
        if (notification.kind === 'photo_rejected') live.learn((cache) => cache.refresh('profiles.photos'));
      }),
    [client, live],
  );

  /** Shows at once what it will be, and what it is once the service has answered. */
  async function changed(expected: OwnPhoto[], call: Promise<{ items: OwnPhoto[] }>): Promise<void> {
    live.learn((cache) => cache.one('profiles.photos', () => ({ items: expected })));
    try {
      live.learn(photosAre((await call).items));
    } catch (cause) {
      live.learn((cache) => cache.one('profiles.photos', () => ({ items: photos })));
      live.learn((cache) => cache.refresh('profiles.photos'));
      throw cause;
    }
  }

  const actions = useStable({
    upload: (...files: FileToSend[]) => desk.add(files, live),
    cancel: (uploadId: string) => desk.cancel(uploadId),
    retry: (uploadId: string) => desk.retry(uploadId, live),
    remove: (photoId: string) =>
      changed(
        photos.filter(({ id }) => id !== photoId),
        live.run('profiles.removePhoto', { photoId }),
      ),
    reorder: (photoIds: readonly string[]) =>
      changed(
        photoIds.flatMap((id) => photos.find((photo) => photo.id === id) ?? []),
        live.run('profiles.orderPhotos', { photoIds: [...photoIds] }),
      ),
  });
  return { photos, uploads, ...actions, isLoading: isExpected && isPending, error };
}
