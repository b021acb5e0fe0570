import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { basePath, closeCodes } from '@app/contracts';
import { fail, originOf, type Platform } from '@app/domain';
import type { WebSocket } from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendFailure } from './errors';

/**
 * What is called before each frame, so that those sent in one go leave in one write: as a rule an answer and the event of what it did.
 * Writes cost a busy process more than all else about a message.
 */
function corking(stream: Duplex): () => void {
  let isCorked = false;
  return () => {
    if (isCorked) return;
    isCorked = true;
    stream.cork();
    process.nextTick(() => {
      isCorked = false;
      stream.uncork();
    });
  };
}

/** The socket: carries frames between a device and the platform, and knows nothing of what is in them. */
export function realtimeRoute(server: FastifyInstance, platform: Platform): void {
  const responses = new WeakMap<IncomingMessage, ServerResponse>();

  /** The request is over, though its connection stays: what is kept of it would be most of what a socket weighs that only waits. */
  function letGo(socket: WebSocket, { raw }: FastifyRequest): void {
    responses.get(raw)?.detachSocket(raw.socket);
    // The plugin listens in the name of the request.
    socket.removeAllListeners('error');
  }

  function accept(socket: WebSocket, request: FastifyRequest): void {
    const requestId = request.id;
    letGo(socket, request);
    const cork = corking(request.raw.socket);
    const connection = platform.connect(
      {
        send(text) {
          cork();
          socket.send(text);
        },
        close: (code, reason) => socket.close(code, reason),
        bufferedBytes: () => socket.bufferedAmount,
      },
      originOf(request.headers, request.ip, request.id),
    );
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      // A binary frame is none of ours; as text it is answered like any other that cannot be read.
      connection.receive(isBinary ? '' : data.toString('utf8'));
    });
    socket.on('close', () => connection.closed());
    socket.on('error', (error) => {
      server.log.info({ err: error, requestId }, 'a socket failed');
      if (socket.readyState === socket.OPEN) socket.close(closeCodes.restarting);
    });
  }

  server.route({
    method: 'GET',
    url: `${basePath}/realtime`,
    onRequest(request, reply, done) {
      responses.set(request.raw, reply.raw);
      done();
    },
    // Whoever comes without an upgrade finds nothing here, in the words of the API.
    handler: (request, reply) => sendFailure(request, reply, fail('UNKNOWN_ENDPOINT')),
    wsHandler: accept,
  });
}
