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
  function accept(socket: WebSocket, request: FastifyRequest): void {
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
      request.log.info({ err: error }, 'a socket failed');
      if (socket.readyState === socket.OPEN) socket.close(closeCodes.restarting);
    });
  }

  server.route({
    method: 'GET',
    url: `${basePath}/realtime`,
    // Whoever comes without an upgrade finds nothing here, in the words of the API.
    handler: (request, reply) => sendFailure(request, reply, fail('UNKNOWN_ENDPOINT')),
    wsHandler: accept,
  });
}
