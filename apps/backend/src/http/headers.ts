import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { basePath } from '@app/contracts';
import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';
import type { Config } from '../config';
import { uploadOrigin } from '../storage-config';

type Headers = Readonly<Record<string, string>>;

/** The headers that helmet sets. It works them out anew for every answer, though they never change; here that is done once. */
function headersOf(options: HelmetOptions): Headers {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(options)(request, response, () => undefined);
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}

/** What the Firebase SDK loads, frames and calls where people can sign in by a provider. */
function firebaseOrigins(firebase: Config['providers']['firebase']) {
  if (firebase === null || firebase.web === null) return { scripts: [], frames: [], calls: [] };
  const emulator = firebase.emulatorHost === null ? [] : [`http://${firebase.emulatorHost}`];
  return {
    scripts: ['https://apis.google.com'],
    frames: [`https://${firebase.web.authDomain}`, ...emulator],
    calls: ['https://identitytoolkit.googleapis.com', 'https://securetoken.googleapis.com', 'https://apis.google.com', ...emulator],
  };
}

/** What every answer bears: its request's id, and what keeps browsers from doing with it what it is not meant for. */
export function protectiveHeaders(
  server: FastifyInstance,
  { environment, mediaBaseUrl, s3, providers: { firebase } }: Pick<Config, 'environment' | 'mediaBaseUrl' | 's3' | 'providers'>,
): void {
  /** Where photos are loaded from, and where files are sent past the service. */
  const media = mediaBaseUrl === null ? [] : [new URL(mediaBaseUrl).origin];
  const uploads = s3 === null ? [] : [uploadOrigin(s3)];
  const provider = firebaseOrigins(firebase);
  const everywhere = {
    strictTransportSecurity: environment === 'production' ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginResourcePolicy: { policy: 'same-site' },
  } satisfies HelmetOptions;
  const ofPages = headersOf({
    ...everywhere,
    // A provider's window tells the page that opened it when it is done, and the page sees when it was closed.
    ...(provider.frames.length > 0 ? { crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' } } : {}),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'", 'ws:', 'wss:', ...uploads, ...provider.calls],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(provider.frames.length > 0 ? { frameSrc: provider.frames } : {}),
        // What is sent in messages is loaded from the bucket itself.
        imgSrc: ["'self'", 'data:', 'blob:', ...media, ...uploads],
        mediaSrc: ["'self'", 'blob:', ...media, ...uploads],
        objectSrc: ["'none'"],
        // What encrypts in the page is WebAssembly.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...provider.scripts],
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
  });
  // An answer of the API is no document: nothing may be loaded or framed by it, and what else is said of documents is left out.
  const ofAnswers = headersOf({
    ...everywhere,
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });

  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(request.url.startsWith(basePath) ? ofAnswers : ofPages);
    done();
  });
}

const methods = 'GET, POST, PUT, PATCH, DELETE';
const exposed = 'date, x-request-id, retry-after';
/** For this long a browser need not ask again, in seconds. */
const preflightSeconds = 600;

/**
 * Calls of pages from other origins, by an allow-list. The token travels in a header and never in a cookie, so nothing is
 * said of credentials. Any OPTIONS is taken for a preflight; one of an origin that is not allowed leads nowhere.
 */
export function crossOriginCalls(server: FastifyInstance, isAllowed: (origin: string) => boolean): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { origin, 'access-control-request-headers': wanted } = request.headers;
    const allowed = origin === undefined || isAllowed(origin);
    // What one origin may read is not to be handed to another by a cache.
    reply.header('vary', 'Origin');
    if (origin !== undefined && allowed) reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed });
    if (request.method !== 'OPTIONS' || !allowed) return done();
    reply
      .code(204)
      .headers({
        vary: 'Origin, Access-Control-Request-Headers',
        'access-control-allow-methods': methods,
        'access-control-max-age': String(preflightSeconds),
        ...(wanted === undefined ? {} : { 'access-control-allow-headers': wanted }),
      })
      .send();
  });
}
