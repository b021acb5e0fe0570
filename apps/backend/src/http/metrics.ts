import { createHash, timingSafeEqual } from 'node:crypto';
import type { Platform } from '@app/domain';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * What Prometheus asks for, at `/metrics`: the process (CPU, memory, event loop), the devices connected to it, and how long requests
 * took by their route. Nothing in it is about a person. `token`: whoever asks has to bear it; null: anybody may ask.
 */
export function metricsRoute(server: FastifyInstance, platform: Platform, token: string | null): void {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'heartline_connections',
    help: 'Devices connected to this process.',
    registers,
    collect() {
      this.set(platform.connections);
    },
  });
  new Gauge({
    name: 'heartline_bus_cut',
    help: '1 while other processes cannot be heard or told.',
    registers,
    collect() {
      this.set(platform.kernel.ports.bus.isCut ? 1 : 0);
    },
  });
  const durations = new Histogram({
    name: 'heartline_request_seconds',
    help: 'How long requests over HTTP took to be answered.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });

  server.addHook('onResponse', (request, reply, done) => {
    // By route: a path has ids in it, and each would be a series of its own.
    const route = request.routeOptions.url ?? 'unknown';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });

  const expected = token === null ? undefined : digest(`Bearer ${token}`);
  server.get('/metrics', async (request, reply) => {
    if (expected !== undefined && !timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      return reply.code(401).header('www-authenticate', 'Bearer').send('Bear the token of METRICS_TOKEN.\n');
    }
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
