import { mkdirSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const yearSeconds = 31_536_000;

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
    setHeaders(reply) {
      reply.header('cache-control', `public, max-age=${yearSeconds}, immutable`);
      // Pictures may be shown by apps at other origins; whatever they are, they are never run.
      reply.header('cross-origin-resource-policy', 'cross-origin');
      reply.header('content-security-policy', "default-src 'none'; sandbox");
    },
  });
}
