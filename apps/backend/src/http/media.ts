import { mkdirSync } from 'node:fs';
import type { Platform } from '@app/domain';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

const yearSeconds = 31_536_000;
const unseen = 'uploads/';
/** Nothing that is served is larger. */
const mostBytes = 32 * 1024 * 1024;

/** Kept by whoever loads it. Pictures may be shown by apps at other origins; whatever they are, they are never run. */
const lasting = {
  'cache-control': `public, max-age=${yearSeconds}, immutable`,
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'; sandbox",
};

/** Serves the media that are kept on disk. What has a key never changes, so it is kept by whoever loads it. */
export async function mediaFiles(server: FastifyInstance, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await server.register(fastifyStatic, {
    root: folder,
    prefix: '/media/',
    decorateReply: false,
    index: false,
    dotfiles: 'deny',
    cacheControl: false,
    // What was sent and not looked at yet is nobody's to read.
    allowedPath: (path) => !path.startsWith(`/${unseen}`),
    setHeaders(reply) {
      for (const [name, value] of Object.entries(lasting)) reply.header(name, value);
    },
  });
}

/** Serves the media that are kept elsewhere, for where no CDN stands before that store. */
export function storedMedia(server: FastifyInstance, { kernel }: Platform): void {
  server.get<{ Params: { '*': string } }>('/media/*', async ({ params }, reply): Promise<FastifyReply> => {
    const key = params['*'];
    const type = /\.(webp|png|jpeg|avif)$/.exec(key)?.[1];
    const bytes = type === undefined || key.startsWith(unseen) ? undefined : await kernel.ports.media.read(key, mostBytes);
    if (bytes === undefined) {
      reply.callNotFound();
      return reply;
    }
    return reply.headers(lasting).type(`image/${type}`).send(bytes);
  });
}
