import type { Platform } from '@app/domain';
import type { FastifyInstance } from 'fastify';

/**
 * Liveness: the process answers. Readiness: it can serve, its database answers and it is not about to stop. `degraded`: it serves,
 * but without Redis: what other processes cause comes late.
 */
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
    const bus = platform.kernel.ports.bus.isCut ? 'cut' : 'ok';
    const isReady = database === 'ok' && !isStopping;
    const status = isReady ? (bus === 'ok' ? 'ok' : 'degraded') : 'unavailable';
    return reply.code(isReady ? 200 : 503).send({ status, database, bus, connections: platform.connections });
  });
}
