import { mkdirSync } from 'node:fs';
import { dispositionOf, type LinkSigner, type Platform, signedPrefix, typeOfKey } from '@app/domain';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The file that the request has brought a signed link to. */
    signedKey: string | null;
  }
}

/** Where media are kept on disk, and what signs links to those that only some may see. */
export interface DiskFiles {
  readonly folder: string;
  readonly links: LinkSigner;
}

const yearSeconds = 31_536_000;
/** What anybody may load who knows its name. */
const open = 'photos/';
/** Nothing that is served is larger. */
const mostBytes = 32 * 1024 * 1024;

/** Pictures may be shown by apps at other origins; whatever files are, they are never run. */
const guarded = {
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'; sandbox",
};

/** Kept by whoever loads it: what has a key never changes. */
const lasting = { ...guarded, 'cache-control': `public, max-age=${yearSeconds}, immutable` };

/** Serves the media that are kept on disk: photos to all, and what was sent in messages to those who bring a link that holds. */
export async function mediaFiles(server: FastifyInstance, { kernel }: Platform, { folder, links }: DiskFiles): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // By itself: the web app serves files of its own.
  await server.register(async (scope) => {
    scope.decorateRequest('signedKey', null);
    await scope.register(fastifyStatic, {
      root: folder,
      prefix: '/media/',
      index: false,
      dotfiles: 'deny',
      cacheControl: false,
      // What was sent and not looked at yet is nobody's to read.
      allowedPath: (path, _root, request) => path.startsWith(`/${open}`) || path === request.signedKey,
      setHeaders(reply, path) {
        const { signedKey } = reply.request;
        if (signedKey === null) reply.headers(lasting);
        else reply.headers({ ...guarded, 'cache-control': 'private, max-age=3600', 'content-disposition': dispositionOf(path) });
      },
    });
    // A player that asks for more than there is, is told where the end is.
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof Error && 'statusCode' in error && error.statusCode === 416)) throw error;
      return reply.code(416).type('text/plain; charset=utf-8').send('There is no such part.\n');
    });

    scope.get<{ Params: { id: string; name: string } }>(
      `/media/${signedPrefix}:id/:name`,
      async (request, reply): Promise<FastifyReply> => {
        const { id, name } = request.params;
        const key = `${signedPrefix}${id}/${name}`;
        const query = new URLSearchParams(request.url.split('?', 2)[1]);
        const type = typeOfKey(key);
        if (type === undefined || !(await links.holds(key, query, kernel.now()))) {
          reply.callNotFound();
          return reply;
        }
        request.signedKey = key;
        return reply.type(type).sendFile(key);
      },
    );
  });
}

/** Serves the photos that are kept elsewhere, for where no CDN stands before that store. What was sent in messages is loaded from it directly. */
export function storedMedia(server: FastifyInstance, { kernel }: Platform): void {
  server.get<{ Params: { '*': string } }>('/media/*', async ({ params }, reply): Promise<FastifyReply> => {
    const key = params['*'];
    const type = key.startsWith(open) ? typeOfKey(key) : undefined;
    const bytes = type === undefined ? undefined : await kernel.ports.media.read(key, mostBytes);
    if (bytes === undefined || type === undefined) {
      reply.callNotFound();
      return reply;
    }
    return reply.headers(lasting).type(type).send(bytes);
  });
}
