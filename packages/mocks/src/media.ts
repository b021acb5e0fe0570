import type { MediaStore } from '@app/domain';
import { TooLarge } from '@app/domain';
import type { openPglite } from '@app/domain/pglite';
import { HttpResponse, http } from 'msw';

type Client = Awaited<ReturnType<typeof openPglite>>['client'];

const folder = 'mock-media';

/**
 * Media in a table beside those of the platform, so that they stay as long as it does, and a dump carries them; with what serves
 * them. Nothing is ever removed: after a reset what refers to it is back.
 */
export async function mockMedia(client: Client): Promise<{ store: MediaStore; handler: ReturnType<typeof http.get> }> {
  await client.exec(
    'create schema if not exists mock_media; create table if not exists mock_media.files (key text primary key, bytes bytea not null, type text not null);',
  );
  const find = async (key: string) => {
    const { rows } = await client.query<{ bytes: Uint8Array; type: string }>('select bytes, type from mock_media.files where key = $1', [
      key,
    ]);
    return rows[0];
  };
  const origin = (globalThis as { location?: { origin?: string } }).location?.origin ?? 'http://localhost';
  const base = `${origin === 'null' ? 'http://localhost' : origin}/${folder}`;
  const store: MediaStore = {
    async put(key, bytes, contentType) {
      await client.query('insert into mock_media.files values ($1, $2, $3) on conflict (key) do update set bytes = excluded.bytes', [
        key,
        bytes,
        contentType,
      ]);
    },
    async read(key, maxBytes) {
      const file = await find(key);
      if (file !== undefined && file.bytes.length > maxBytes) throw new TooLarge();
      return file?.bytes;
    },
    remove: async () => undefined,
    url: (key) => `${base}/${key}`,
  };
  const handler = http.get(`*/${folder}/*`, async ({ request }) => {
    const { pathname } = new URL(request.url);
    const file = await find(pathname.slice(pathname.indexOf(`/${folder}/`) + folder.length + 2));
    if (file === undefined) return new HttpResponse(null, { status: 404 });
    return HttpResponse.arrayBuffer(new Uint8Array(file.bytes).buffer, {
      headers: { 'content-type': file.type, 'cache-control': 'max-age=3600' },
    });
  });
  return { store, handler };
}
