// What a competent team writes for a chat today without a platform: Express 4, Socket.IO 4, pg. One durable INSERT a message, a room a
// user, tokens signed with a secret. Everything that is known to make such a server fast is in: the WebSocket alone and uncompressed, a
// pool, statements prepared by name, the indexes that its queries need, and what may be remembered a connection is not asked again.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import jwt from 'jsonwebtoken';
import pg from 'pg';
import { Server } from 'socket.io';
import type { Person } from '../run/people';
import { serve } from '../run/serve';

interface Settings {
  readonly secret: string;
  readonly databaseUrl: string;
  /** Pairs of people who are made at this start, each with a conversation. */
  readonly pairs: number;
}

interface Account {
  readonly userId: string;
  /** Who sits on the other side, by conversation. */
  readonly others: ReadonlyMap<string, string>;
}

interface Draft {
  readonly conversationId: string;
  readonly clientId: string;
  readonly text: string;
}

const tables = `
  create table if not exists users (id uuid primary key default gen_random_uuid(), name text not null, created_at timestamptz not null default now());
  create table if not exists conversations (
    id uuid primary key default gen_random_uuid(),
    user_a uuid not null references users,
    user_b uuid not null references users,
    created_at timestamptz not null default now()
  );
  create index if not exists conversations_user_a on conversations (user_a);
  create index if not exists conversations_user_b on conversations (user_b);
  create table if not exists messages (
    id bigint generated always as identity primary key,
    conversation_id uuid not null references conversations,
    sender_id uuid not null references users,
    client_id uuid not null,
    text text not null,
    created_at timestamptz not null default now()
  );
  create index if not exists messages_conversation on messages (conversation_id, id);`;

await serve(async ({ secret, databaseUrl, pairs }: Settings) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  // A connection that ends while nobody uses it is replaced by the pool, which tells of it nevertheless.
  pool.on('error', () => undefined);
  await pool.query(tables);

  async function makePair(): Promise<Person[]> {
    const made = await pool.query<{ id: string }>(`insert into users (name) values ('Ada'), ('Ben') returning id`);
    const userIds = made.rows.map(({ id }) => id);
    const [conversation] = (
      await pool.query<{ id: string }>('insert into conversations (user_a, user_b) values ($1, $2) returning id', userIds)
    ).rows;
    return userIds.map((userId) => ({
      userId,
      token: jwt.sign({ sub: userId }, secret, { expiresIn: '1h' }),
      conversationId: conversation?.id ?? '',
    }));
  }

  function userOf(token: unknown): string {
    const claims = jwt.verify(String(token), secret, { algorithms: ['HS256'] });
    if (typeof claims === 'string' || claims.sub === undefined) throw new Error('The token names nobody.');
    return claims.sub;
  }

  async function accountOf(userId: string): Promise<Account> {
    const found = await pool.query<{ conversation_id: string | null; other_id: string }>({
      name: 'account',
      text: `select c.id as conversation_id, c.other_id from users u left join lateral (
               select id, user_b as other_id from conversations where user_a = u.id
               union all
               select id, user_a from conversations where user_b = u.id
             ) c on true where u.id = $1`,
      values: [userId],
    });
    if (found.rows.length === 0) throw new Error('There is no such user.');
    const others = found.rows.flatMap(({ conversation_id: id, other_id: other }) => (id === null ? [] : [[id, other] as const]));
    return { userId, others: new Map(others) };
  }

  async function store({ userId, others }: Account, { conversationId, clientId, text }: Draft) {
    const otherId = others.get(conversationId);
    if (otherId === undefined || typeof text !== 'string' || text.length === 0 || text.length > 4_000) throw new Error('Refused.');
    const stored = await pool.query<{ id: string; created_at: Date }>({
      name: 'store',
      text: 'insert into messages (conversation_id, sender_id, client_id, text) values ($1, $2, $3, $4) returning id, created_at',
      values: [conversationId, userId, clientId, text],
    });
    const [row] = stored.rows;
    const message = { id: row?.id, conversationId, senderId: userId, clientId, text, createdAt: row?.created_at };
    io.to(`user:${otherId}`).emit('message', message);
    return message;
  }

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json({ limit: '64kb' }));
  const bearer = (header: string | undefined) => accountOf(userOf(header?.replace(/^Bearer /, '')));
  app.get('/conversations/:id/messages', (request, response, next) => {
    bearer(request.headers.authorization)
      .then(async ({ others }) => {
        if (!others.has(request.params.id)) return response.status(404).end();
        const page = await pool.query({
          name: 'page',
          text: `select id, conversation_id as "conversationId", sender_id as "senderId", client_id as "clientId", text, created_at as "createdAt"
                 from messages where conversation_id = $1 order by id desc limit 50`,
          values: [request.params.id],
        });
        return response.json({ items: page.rows });
      })
      .catch(next);
  });
  app.post('/conversations/:id/messages', (request, response, next) => {
    bearer(request.headers.authorization)
      .then(async (account) => response.status(201).json(await store(account, { ...request.body, conversationId: request.params.id })))
      .catch(next);
  });

  const server = createServer({ keepAliveTimeout: 72_000 }, app);
  const io = new Server(server, {
    transports: ['websocket'],
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
  });
  // As its own page on memory advises: the first request of a socket is not kept.
  io.engine.on('connection', (socket: { request: unknown }) => {
    socket.request = null;
  });
  io.use((socket, next) => {
    Promise.resolve(socket.handshake.auth.token)
      .then(userOf)
      .then(accountOf)
      .then((account) => {
        socket.data.account = account;
        next();
      })
      .catch(next);
  });
  io.on('connection', (socket) => {
    const account = socket.data.account as Account;
    void socket.join(`user:${account.userId}`);
    socket.emit('ready', { userId: account.userId });
    socket.on('send', (draft: Draft, answer: (result: unknown) => void) => {
      store(account, draft).then(
        (message) => answer({ ok: true, message }),
        () => answer({ ok: false }),
      );
    });
  });

  const people: Person[] = [];
  for (let pair = 0; pair < pairs; pair += 1) people.push(...(await makePair()));
  await pool.query('vacuum analyze');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ready: { port, people },
    async close() {
      await io.close();
      await pool.end();
    },
  };
});
