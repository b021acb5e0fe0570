import { basePath, type Webhook, type WebhookName, webhooks } from '@app/contracts';
import { originOf, type Platform, successEnvelope } from '@app/domain';
import type { FastifyInstance } from 'fastify';

/** In bytes: Meta sends at most three megabytes at once. */
const largestBody = 4 * 1024 * 1024;

/** Every webhook. Their bodies are handed on as the bytes that came: signatures are over those and nothing else. */
export async function webhookRoutes(server: FastifyInstance, platform: Platform): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) => done(null, body));
    for (const [name, { method, path, answer }] of Object.entries<Webhook>(webhooks)) {
      scope.route({
        method,
        url: `${basePath}${path}`,
        bodyLimit: largestBody,
        handler: async (request, reply) => {
          const { body, headers, raw } = request;
          const text = await platform.receive(name as WebhookName, {
            body: body instanceof Uint8Array ? body : new Uint8Array(),
            path: raw.url ?? '',
            headers,
            origin: originOf(headers, request.ip, request.id),
          });
          if (answer === 'envelope')
            return reply.header('content-type', 'application/json; charset=utf-8').send(successEnvelope({ done: true }));
          return reply.header('content-type', `${answer}; charset=utf-8`).send(text ?? '');
        },
      });
    }
  });
}
