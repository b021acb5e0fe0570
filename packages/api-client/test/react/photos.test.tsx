// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { type ApiClient, ApiError, type OwnPhoto } from '../../src/index';
import { usePhotos } from '../../src/react/index';
import { deferred } from '../core/setting';
import { refuse } from '../core/stand-in-server';
import { show, until } from './screen';
import { newId, startWorld } from './world';

function photo(): OwnPhoto {
  const id = newId();
  const urls = { small: '', medium: '', large: '' };
  return { id, width: 3, height: 4, color: '#000000', urls, status: 'approved', reason: null, visible: true };
}

const bytes = (text: string) => new TextEncoder().encode(text);

type Upload = ApiClient['profiles']['uploadPhoto'];
type Sent = Parameters<Upload>[1] & { answer: { resolve(made: OwnPhoto): void; reject(error: ApiError): void } };

/** Uploads as a test wants them. How files travel is told where there is a server that reads them; this page’s forms are not real ones. */
function faked(client: ApiClient): { client: ApiClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const uploadPhoto: Upload = (_input, options = {}) => {
    return new Promise((resolve, reject) => {
      sent.push({ ...options, answer: { resolve, reject } });
      options.signal?.addEventListener('abort', () => reject(new ApiError({ code: 'CANCELLED', message: '' })));
    });
  };
  return { client: { ...client, profiles: { ...client.profiles, uploadPhoto } }, sent };
}

async function begin(own: OwnPhoto[]) {
  const world = await startWorld();
  let items = own;
  const set = (now: OwnPhoto[]) => {
    items = now;
    return { items };
  };
  world.server.on('profiles.photos', () => ({ items }));
  const { client, sent } = faked(world.device('ada'));
  const screen = show(client, usePhotos);
  await until(() => !screen.now.isLoading);
  return { server: world.server, sent, screen, set, get: () => items };
}

describe('usePhotos', () => {
  it('sends files one after the other, tells how far they are, and shows them behind the others', async () => {
    const { sent, screen } = await begin([photo()]);
    const [first, second] = [photo(), photo()];
    await screen.act((now) => now.upload(bytes('one'), bytes('two')));
    await until(() => sent.length === 1);
    await screen.act(() => sent[0]?.onUploadProgress?.({ loaded: 1, total: 4 }));
    expect(screen.now.uploads.map(({ progress, error }) => [progress, error])).toEqual([
      [0.25, null],
      [0, null],
    ]);
    sent[0]?.answer.resolve(first);
    await until(() => screen.now.photos.length === 2 && sent.length === 2);
    expect(screen.now.uploads).toHaveLength(1);
    sent[1]?.answer.resolve(second);
    await until(() => screen.now.uploads.length === 0);
    expect(screen.now.photos.slice(1).map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('keeps what was refused with its reason until it is sent again', async () => {
    const { sent, screen } = await begin([]);
    await screen.act((now) => now.upload(bytes('broken')));
    await until(() => sent.length === 1);
    sent[0]?.answer.reject(new ApiError({ code: 'IMAGE_UNREADABLE', message: '' }));
    await until(() => screen.now.uploads[0]?.error?.code === 'IMAGE_UNREADABLE');
    await screen.act((now) => now.retry(screen.now.uploads[0]?.id ?? ''));
    await until(() => sent.length === 2);
    const made = photo();
    sent[1]?.answer.resolve(made);
    await until(() => screen.now.uploads.length === 0);
    expect(screen.now.photos.map(({ id }) => id)).toEqual([made.id]);
  });

  it('stops an upload, and sends the next', async () => {
    const { sent, screen } = await begin([]);
    await screen.act((now) => now.upload(bytes('one'), bytes('two')));
    await until(() => sent.length === 1);
    await screen.act((now) => now.cancel(screen.now.uploads[0]?.id ?? ''));
    await until(() => sent.length === 2);
    expect([sent[0]?.signal?.aborted, screen.now.uploads.length]).toEqual([true, 1]);
    const made = photo();
    sent[1]?.answer.resolve(made);
    await until(() => screen.now.uploads.length === 0);
    expect(screen.now.photos.map(({ id }) => id)).toEqual([made.id]);
  });

  it('orders and removes at once, and is as it was when that is refused', async () => {
    const [a, b, c] = [photo(), photo(), photo()];
    const { server, screen, set, get } = await begin([a, b, c]);
    const ids = () => screen.now.photos.map(({ id }) => id);
    const slow = deferred<void>();
    server.on('profiles.orderPhotos', async ({ input }) => {
      await slow.promise;
      return set((input.photoIds as string[]).flatMap((id) => get().find((one) => one.id === id) ?? []));
    });
    const ordering = screen.act((now) => now.reorder([c.id, a.id, b.id]));
    await until(() => ids()[0] === c.id);
    slow.resolve();
    await ordering;
    expect(ids()).toEqual([c.id, a.id, b.id]);

    server.on('profiles.orderPhotos', () => refuse('PHOTO_ORDER_STALE'));
    await expect(screen.now.reorder([a.id, b.id, c.id])).rejects.toMatchObject({ code: 'PHOTO_ORDER_STALE' });
    await until(() => ids()[0] === c.id);

    server.on('profiles.removePhoto', ({ input }) => set(get().filter(({ id }) => id !== input.photoId)));
    await screen.act((now) => now.remove(a.id));
    expect(ids()).toEqual([c.id, b.id]);
  });
});
