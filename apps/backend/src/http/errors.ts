import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { basePath, type ErrorCode } from '@app/contracts';
import { Failure, fail, failureBody, failureEnvelope, failureHeaders } from '@app/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';

const json = 'application/json; charset=utf-8';

/** Sends a failure as the API's envelope. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  const body = failureBody(failure, request.id);
  return reply
    .code(body.status)
    .headers({ 'content-type': json, ...failureHeaders(body) })
    .send(failureEnvelope(body));
}

const known: Readonly<Record<string, Extract<ErrorCode, 'UNSUPPORTED_MEDIA_TYPE' | 'MALFORMED_JSON'>>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_JSON',
};

/** What went wrong before a call reached the platform, in the words of the catalogue. Messages of unexpected errors stay here. */
function failureOf(error: unknown, request: FastifyRequest): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('FST_ERR_CTP_') && request.routeOptions.config.takesBody === false) {
    return fail('VALIDATION_FAILED', { issues: [{ path: '', message: 'There is no body here', code: 'invalid_type' }] });
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return fail('PAYLOAD_TOO_LARGE', { maxBytes: request.server.initialConfig.bodyLimit ?? 0 });
  }
  const ours = known[code];
  if (ours !== undefined) return fail(ours);
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) {
    // Its code alone: the framework's messages quote what was sent.
    request.log.info({ code }, 'a request was refused');
    return fail('VALIDATION_FAILED', { issues: [{ path: '', message: 'The request cannot be read', code: 'malformed' }] });
  }
  request.log.error({ err: error }, 'unexpected error');
  return fail('INTERNAL');
}

/** Errors of the framework and of handlers. */
export function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error, request, reply) => sendFailure(request, reply, failureOf(error, request)));
}

/** Paths that lead nowhere here. Where there is a web app, a browser that asks for a page gets the app, which knows its own paths. */
export function answerUnknownPaths(server: FastifyInstance, hasWebApp: boolean): void {
  server.setNotFoundHandler((request, reply) => {
    const { method, url, headers } = request;
    if (url.startsWith(basePath)) return sendFailure(request, reply, fail('UNKNOWN_ENDPOINT'));
    const isFile = /\.\w+$/.test(url.split('?', 1)[0] ?? '');
    const isPage = (method === 'GET' || method === 'HEAD') && !isFile && /text\/html|\*\/\*/.test(headers.accept ?? '');
    if (hasWebApp && isPage) return reply.sendFile('index.html');
    return reply.code(404).header('content-type', 'text/plain; charset=utf-8').send('There is nothing here.\n');
  });
}

/** What is hardly HTTP: there is no request to answer, so the answer is written to the connection itself. */
export function answerUnreadableRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const issues = [{ path: '', message: 'The request cannot be read', code: 'malformed' }];
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const failure = isTooLarge ? fail('PAYLOAD_TOO_LARGE', { maxBytes: maxHeaderSize }) : fail('VALIDATION_FAILED', { issues });
  const body = failureBody(failure, uuidv7());
  const text = failureEnvelope(body);
  const head = [
    `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}`,
    `content-type: ${json}`,
    `content-length: ${Buffer.byteLength(text)}`,
    `x-request-id: ${body.requestId}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}

/** A path that the router cannot read. No hook has run: whatever an answer bears has to be put on here. */
export function answerUnreadablePath(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendFailure(request, reply.header('x-request-id', request.id), failureOf(error, request));
}
