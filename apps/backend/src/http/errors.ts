import { basePath, type ErrorCode } from '@app/contracts';
import { Failure, fail, failureBody, failureEnvelope } from '@app/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const json = 'application/json; charset=utf-8';

/** Sends a failure as the API's envelope. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  const body = failureBody(failure, request.id);
  return reply.code(body.status).header('content-type', json).send(failureEnvelope(body));
}

/** What goes wrong before a call reaches the platform, in the words of the catalogue. Messages of unexpected errors stay here. */
export function answerErrors(server: FastifyInstance): void {
  const known: Readonly<Record<string, Extract<ErrorCode, 'UNSUPPORTED_MEDIA_TYPE' | 'MALFORMED_JSON'>>> = {
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
    FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_JSON',
  };

  server.setErrorHandler((error, request, reply) => {
    if (error instanceof Failure) return sendFailure(request, reply, error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      return sendFailure(request, reply, fail('PAYLOAD_TOO_LARGE', { maxBytes: server.initialConfig.bodyLimit ?? 0 }));
    }
    const ours = known[code];
    if (ours !== undefined) return sendFailure(request, reply, fail(ours));
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 400 && status < 500) {
      request.log.info({ err: error }, 'a request was refused');
      return sendFailure(
        request,
        reply,
        fail('VALIDATION_FAILED', { issues: [{ path: '', message: 'The request cannot be read', code: 'malformed' }] }),
      );
    }
    request.log.error({ err: error }, 'unexpected error');
    return sendFailure(request, reply, fail('INTERNAL'));
  });

  server.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith(basePath)) return sendFailure(request, reply, fail('UNKNOWN_ENDPOINT'));
    return reply.code(404).header('content-type', 'text/plain; charset=utf-8').send('There is nothing here.\n');
  });
}
