import { api } from '@app/contracts';
import {
  bearerToken,
  fail,
  failureEnvelope,
  failureHeaders,
  type HttpRoute,
  httpRoutes,
  idempotencyKey,
  originOf,
  type Platform,
  successEnvelope,
} from '@app/domain';
import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { sendFailure } from './errors';
import { receiver } from './upload';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of an endpoint: whether any of its input stands in the body. */
    takesBody?: boolean;
    /** Of an endpoint: whether its body is a file. */
    takesFile?: boolean;
  }
}

const json = 'application/json; charset=utf-8';
const noFields = {};

/** Every endpoint of the contracts over HTTP. A route only carries: what is in a call is the platform's affair. */
export function apiRoutes(server: FastifyInstance, platform: Platform): void {
  server.removeContentTypeParser('text/plain');
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // A client that always says JSON may have nothing to say.
    if (body === '') done(null, undefined);
    else parseJson(request, body as string, done);
  });
  // A file stays where it is until it is known who sends it, and that they may.
  server.addContentTypeParser('multipart/form-data', (request, _payload, done) => {
    if (request.routeOptions.config.takesFile === true) done(null, undefined);
    else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
  });
  // A body in another type is refused; a request that merely names one and brings nothing is not.
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') done(null, undefined);
    else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
  });

  const routes = httpRoutes(api);
  for (const route of routes) {
    const { method, path, takesBody, upload } = route;
    const takesFile = upload !== undefined;
    server.route({ method, url: path, config: { takesBody: takesBody || takesFile, takesFile }, handler: handlerOf(platform, route) });
  }

  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map((route) => route.method);
    server.route({
      method: (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((method) => !allowed.includes(method)),
      url: path,
      handler: (request, reply) => sendFailure(request, reply, fail('METHOD_NOT_ALLOWED', { allowed })),
    });
  }
}

function handlerOf(platform: Platform, route: HttpRoute) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { headers } = request;
    const { input, refused } = route.toInput({
      params: (request.params ?? noFields) as Record<string, string>,
      query: request.query as Record<string, string | string[]>,
      body: request.body,
    });
    const isFile = route.upload !== undefined && /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');
    const received = isFile ? receiver(request.raw) : undefined;
    const answer = await platform.call({
      endpoint: route.id,
      input,
      refused,
      origin: originOf(headers, request.ip, request.id),
      way: 'http',
      token: bearerToken(headers),
      idempotencyKey: idempotencyKey(headers),
      receive: received?.receive,
    });
    await received?.discard();
    reply.header('content-type', json);
    if (answer.ok) return reply.send(successEnvelope(answer.data));
    const { failure } = answer;
    return reply.code(failure.status).headers(failureHeaders(failure)).send(failureEnvelope(failure));
  };
}
