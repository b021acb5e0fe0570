import { randomUUID } from 'node:crypto';
import { createLog } from '@app/backend';
import type { Me, Message } from '@app/contracts';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { jwtVerify } from 'jose';

/** What answers the three endpoints of the raw server. */
export interface RawAnswers {
  me(userId: string): Me | Promise<Me>;
  history(userId: string, conversationId: string, limit: number, cursor: string | undefined): Page | Promise<Page>;
  send(userId: string, message: { conversationId: string; clientId: string; text: string }): Message | Promise<Message>;
}

interface Page {
  readonly items: Message[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
}

const uuid = { type: 'string', format: 'uuid' } as const;
const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const integer = { type: 'integer' } as const;

function object(properties: Readonly<Record<string, object>>, required: readonly string[] = Object.keys(properties)) {
  return { type: 'object', properties, required, additionalProperties: false } as const;
}

const success = (data: object) => ({ 200: object({ success: { type: 'boolean', const: true }, data }) });

const message = object({
  id: text,
  conversationId: text,
  seq: integer,
  senderId: text,
  clientId: text,
  kind: text,
  text: textOrNull,
  envelope: { type: 'null' },
  media: { type: 'null' },
  system: { type: 'null' },
  replyTo: { type: 'null' },
  createdAt: text,
  editedAt: textOrNull,
  deletedAt: textOrNull,
  pinnedAt: textOrNull,
  revision: integer,
  reactions: { type: 'array', items: object({ emoji: text, count: integer }) },
  ownReaction: textOrNull,
});

const me = object({
  id: text,
  email: textOrNull,
  emailVerified: { type: 'boolean' },
  phone: textOrNull,
  hasPassword: { type: 'boolean' },
  role: text,
  status: text,
  displayName: text,
  birthDate: text,
  age: integer,
  gender: text,
  createdAt: text,
});

export interface RawSettings {
  readonly secret: string;
  readonly log: string;
  /** Whether it does what a public service cannot do without, by the plugins that are made for it. */
  readonly guarded?: boolean;
}

/** Ids for requests, security headers, CORS by an allow-list, and limits that never refuse here. */
async function guard(server: FastifyInstance): Promise<void> {
  await server.register(helmet);
  await server.register(cors, { origin: ['https://app.example'] });
  await server.register(rateLimit, {
    max: 1_000_000_000,
    timeWindow: '1 minute',
    keyGenerator: ({ headers, ip }) => headers.authorization ?? ip,
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}

/**
 * What someone who wants speed writes by hand: Fastify alone, its own validation and serialisation from JSON schemas, and a
 * token that is verified once and then remembered until it expires.
 */
export async function rawServer(answers: RawAnswers, { secret, log, guarded = false }: RawSettings) {
  const loggerInstance: FastifyBaseLogger = createLog(log);
  const server = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    ...(guarded ? { genReqId: () => randomUUID() } : {}),
  });
  if (guarded) await guard(server);
  if (loggerInstance.level === 'info') {
    server.addHook('onResponse', (request, reply, done) => {
      request.log.info({ method: request.method, path: request.url, status: reply.statusCode, ms: reply.elapsedTime }, 'answered');
      done();
    });
  }

  const key = new TextEncoder().encode(secret);
  const known = new Map<string, { userId: string; expiresAt: number }>();

  async function verify(token: string): Promise<string> {
    const { payload } = await jwtVerify(token, key, { issuer: 'heartline', algorithms: ['HS256'], requiredClaims: ['sub', 'exp'] });
    const userId = String(payload.sub);
    known.set(token, { userId, expiresAt: Number(payload.exp) * 1000 });
    return userId;
  }

  function userOf({ headers: { authorization } }: FastifyRequest): string | Promise<string> {
    const token = authorization?.startsWith('Bearer ') ? authorization.slice(7) : '';
    const claims = known.get(token);
    return claims !== undefined && claims.expiresAt > Date.now() ? claims.userId : verify(token);
  }

  server.get('/api/v1/users/me', { schema: { response: success(me) } }, async (request) => {
    const userId = userOf(request);
    return { success: true, data: await answers.me(typeof userId === 'string' ? userId : await userId) };
  });

  server.get<{ Params: { conversationId: string }; Querystring: { limit: number; cursor?: string } }>(
    '/api/v1/conversations/:conversationId/messages',
    {
      schema: {
        params: object({ conversationId: uuid }),
        querystring: object(
          { limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 }, cursor: { type: 'string', maxLength: 512 } },
          [],
        ),
        response: success(object({ items: { type: 'array', items: message }, nextCursor: textOrNull, previousCursor: textOrNull })),
      },
    },
    async (request) => {
      const userId = userOf(request);
      const { limit, cursor } = request.query;
      const asker = typeof userId === 'string' ? userId : await userId;
      return { success: true, data: await answers.history(asker, request.params.conversationId, limit, cursor) };
    },
  );

  server.post<{ Params: { conversationId: string }; Body: { clientId: string; text: string } }>(
    '/api/v1/conversations/:conversationId/messages',
    {
      schema: {
        params: object({ conversationId: uuid }),
        body: object({ clientId: uuid, text: { type: 'string', minLength: 1, maxLength: 4000 } }),
        response: success(message),
      },
    },
    async (request) => {
      const userId = userOf(request);
      const { clientId, text } = request.body;
      const sender = typeof userId === 'string' ? userId : await userId;
      return {
        success: true,
        data: await answers.send(sender, { conversationId: request.params.conversationId, clientId, text: text.trim() }),
      };
    },
  );

  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as { port: number };
  return { port, close: () => server.close() };
}
