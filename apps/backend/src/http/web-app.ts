import { basePath } from '@app/contracts';
import { fail } from '@app/domain';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendFailure } from './errors';

const yearSeconds = 31_536_000;

/** Serves the built web app. Files with a hash in their name are kept for good; any other path is the app's own to show. */
export async function webApp(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders(reply, path) {
      const isHashed = path.includes('/assets/');
      reply.header('cache-control', isHashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache');
    },
  });
  server.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith(basePath) && (request.headers.accept ?? '').includes('text/html');
    if (isPage) return reply.sendFile('index.html');
    return sendFailure(request, reply, fail('UNKNOWN_ENDPOINT'));
  });
}
