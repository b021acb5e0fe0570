import type { MediaStore } from '@app/domain';
import { dispositionOf, linkSigner, signedPrefix, TooLarge } from '@app/domain';
import type { openPglite } from '@app/domain/pglite';
import { HttpResponse, http } from 'msw';

type Client = Awaited<ReturnType<typeof openPglite>>['client'];

const folder = 'mock-media';

/** What players ask for of a file: from one byte to another, both of them included. `none`: there is nothing there. */
function rangeOf(header: string | null, length: number): { readonly from: number; readonly to: number } | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  return from > to ? 'none' : { from, to };
}

export interface MockMedia {
  readonly store: MediaStore;
  /** Serves them. */
  readonly handler: ReturnType<typeof http.get>;
  /** Brings back what was removed. */
  restore(): Promise<void>;
}

/**
 * Media in a table beside those of the platform, so that they stay as long as it does, and a dump carries them; with what serves
 * them. What is removed is only not found any more: after a reset what refers to it is back, and so is it.
 */
export async function mockMedia(client: Client, now: () => Date): Promise<MockMedia> {
  await client.exec(
    `create schema if not exists mock_media;
     create table if not exists mock_media.files (key text primary key, bytes bytea not null, type text not null);
     alter table mock_media.files add column if not exists removed boolean not null default false;`,
  );
  const links = linkSigner('what a tab keeps from itself');
  const find = async (key: string) => {
    const { rows } = await client.query<{ bytes: Uint8Array; type: string }>(
      'select bytes, type from mock_media.files where key = $1 and not removed',
      [key],
    );
    return rows[0];
  };
  const origin = (globalThis as { location?: { origin?: string } }).location?.origin ?? 'http://localhost';
  const base = `${origin === 'null' ? 'http://localhost' : origin}/${folder}`;
  const store: MediaStore = {
    async put(key, bytes, contentType) {
      await client.query(
        'insert into mock_media.files values ($1, $2, $3) on conflict (key) do update set bytes = excluded.bytes, removed = false',
        [key, bytes, contentType],
      );
    },
    async read(key, maxBytes) {
      const file = await find(key);
      if (file !== undefined && file.bytes.length > maxBytes) throw new TooLarge();
      return file?.bytes;
    },
    async copy(from, to) {
      const { affectedRows = 0 } = await client.query(
        `insert into mock_media.files select $2, bytes, type from mock_media.files where key = $1 and not removed
         on conflict (key) do update set bytes = excluded.bytes, removed = false`,
        [from, to],
      );
      return affectedRows > 0;
    },
    async remove(keys) {
      await client.query('update mock_media.files set removed = true where key = any($1)', [[...keys]]);
    },
    url: (key) => `${base}/${key}`,
    signedUrl: async (key, expiresAt) => `${base}/${key}?${await links.sign(key, expiresAt)}`,
  };
  const handler = http.get(`*/${folder}/*`, async ({ request }) => {
    const { pathname, searchParams } = new URL(request.url);
    const key = pathname.slice(pathname.indexOf(`/${folder}/`) + folder.length + 2);
    const isSigned = key.startsWith(signedPrefix);
    const file = isSigned && !(await links.holds(key, searchParams, now())) ? undefined : await find(key);
    if (file === undefined) return new HttpResponse(null, { status: 404 });
    const headers = {
      'content-type': file.type,
      'cache-control': 'max-age=3600',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      ...(isSigned ? { 'content-disposition': dispositionOf(key) } : {}),
    };
    const { length } = file.bytes;
    const range = rangeOf(request.headers.get('range'), length);
    if (range === 'none') return new HttpResponse(null, { status: 416, headers: { 'content-range': `bytes */${length}` } });
    if (range === undefined) return HttpResponse.arrayBuffer(new Uint8Array(file.bytes).buffer, { headers });
    return HttpResponse.arrayBuffer(new Uint8Array(file.bytes.subarray(range.from, range.to + 1)).buffer, {
      status: 206,
      headers: { ...headers, 'content-range': `bytes ${range.from}-${range.to}/${length}` },
    });
  });
  return {
    store,
    handler,
    async restore() {
      await client.exec('update mock_media.files set removed = false where removed');
    },
  };
}
