import { randomUUID } from 'node:crypto';
import { closeCodes, maxFrameBytes } from '@app/contracts';
import { type Platform, requestIdOf } from '@app/domain';
import websocket from '@fastify/websocket';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { apiRoutes } from './api';
import { documentRoutes } from './documents';
import { answerErrors, answerUnknownPaths, answerUnreadablePath, answerUnreadableRequest } from './errors';
import { crossOriginCalls, protectiveHeaders } from './headers';
import { healthRoutes } from './health';
import { type DiskFiles, mediaFiles, storedMedia } from './media';
import { metricsRoute } from './metrics';
import { realtimeRoute } from './realtime';
import { webApp } from './web-app';
import { webhookRoutes } from './webhooks';

export interface ServerParts {
  readonly platform: Platform;
  readonly config: Pick<
    Config,
    'environment' | 'mediaBaseUrl' | 's3' | 'providers' | 'corsOrigins' | 'trustProxy' | 'bodyLimitBytes' | 'metricsToken'
  >;
  readonly logger: FastifyBaseLogger & Pick<Logger, 'isLevelEnabled'>;
  /** The media that are kept on disk, where they are. */
  readonly disk: DiskFiles | undefined;
  /** Folder of the built web app, where there is one. */
  readonly webDir: string | undefined;
}

/** How long a device may take to answer the goodbye of its socket, in milliseconds; one that is gone never does. */
const goodbyeMs = 2_000;
const localOrigin = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** The HTTP service: the API, its socket, its documents, its health, and the web app. */
export async function createServer({ platform, config, logger, disk, webDir }: ServerParts): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = logger;
  const server = fastify({
    loggerInstance,
    bodyLimit: config.bodyLimitBytes,
    trustProxy: config.trustProxy,
    // Our own, or the one that a proxy in front has given.
    requestIdHeader: false,
    genReqId: (request) => requestIdOf(request.headers) ?? randomUUID(),
    // One line an answer, written below.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    // What still comes over connections that are open is answered to the end.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    frameworkErrors: answerUnreadablePath,
    clientErrorHandler: answerUnreadableRequest,
  });

  server.addHook('onResponse', (request, reply, done) => {
    if (!logger.isLevelEnabled('info')) return done();
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    // The path alone: what stands in a query may be private.
    request.log.info({ method: request.method, path: request.url.split('?', 1)[0], status: reply.statusCode, ms }, 'answered');
    done();
  });

  protectiveHeaders(server, config);
  crossOriginCalls(
    server,
    (origin) => config.corsOrigins.includes(origin) || (config.environment !== 'production' && localOrigin.test(origin)),
  );
  await server.register(websocket, {
    options: { maxPayload: maxFrameBytes, perMessageDeflate: false },
    preClose(done) {
      const { clients } = server.websocketServer;
      for (const socket of clients) socket.close(closeCodes.restarting, 'restarting');
      setTimeout(() => {
        for (const socket of clients) socket.terminate();
      }, goodbyeMs).unref();
      server.websocketServer.close();
      done();
    },
  });

  answerErrors(server);
  if (config.metricsToken !== null || config.environment === 'development') metricsRoute(server, platform, config.metricsToken);
  realtimeRoute(server, platform);
  apiRoutes(server, platform);
  await webhookRoutes(server, platform);
  healthRoutes(server, platform);
  documentRoutes(server);
  if (disk !== undefined) await mediaFiles(server, platform, disk);
  else storedMedia(server, platform);
  if (webDir !== undefined) await webApp(server, webDir);
  answerUnknownPaths(server, webDir !== undefined);
  return server;
}
