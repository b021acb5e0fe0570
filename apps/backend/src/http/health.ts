import type { Platform } from '@app/domain';
import type { FastifyInstance } from 'fastify';

/** Liveness: the process answers. Readiness: it can serve, its database answers and it is not about to stop. */
export function healthRoutes(server: FastifyInstance, platform: Platform): void {
  let isStopping = false;
  server.addHook('preClose', async () => {
    isStopping = true;
  });

  server.get('/health/liveness', async () => ({ status: 'ok' }));

  server.get('/health/readiness', async (request, reply) => {
    const database = await platform.checkHealth().then(
      () => 'ok',
      (error: unknown) => {
        request.log.error({ err: error }, 'the database does not answer');
        return 'down';
      },
    );
    const isReady = database === 'ok' && !isStopping;
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', database, connections: platform.connections });
  });
}
