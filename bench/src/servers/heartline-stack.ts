// The whole stack with the canned answers: everything from the socket to the handler and back is what production runs.
import { createLog, createServer, readConfig } from '@app/backend';
import { api } from '@app/contracts';
import { createPlatform, type Database, implement, jwtTokens, localBus, localPresence, pipeline, unitOfWork } from '@app/domain';
import { openPglite } from '@app/domain/pglite';
import { canned } from '../http/canned';
import { makePeople } from '../run/people';
import { quickPasswords, unhurriedLimits } from '../run/ports';
import { serve } from '../run/serve';

/** The database for handlers that never touch it: a transaction of it opens nothing. */
function withoutTransactions(database: Database): Database {
  const transaction = (task: (tx: Database['db']) => Promise<unknown>) => task(database.db);
  return { ...database, db: Object.create(database.db, { transaction: { value: transaction } }) };
}

await serve(async ({ secret, log, pairs }: { secret: string; log: string; pairs: number }) => {
  const logger = createLog(log);
  const database = await openPglite();
  // People, their sessions and what is remembered of them are real.
  const platform = createPlatform({
    database,
    log: logger,
    ports: {
      passwords: quickPasswords,
      tokens: jwtTokens([secret]),
      limits: unhurriedLimits(),
      bus: localBus((error) => logger.error(error)),
      presence: localPresence(),
    },
  });
  const people = await makePeople(platform, pairs, 0);

  const answers = canned();
  const { kernel, authenticate } = platform;
  const calls = pipeline({
    groups: {
      users: implement({ me: api.users.me }, { me: ({ caller }) => answers.me(caller.userId) }),
      messages: implement(
        { history: api.messages.history, send: api.messages.send },
        {
          history: (_context, { conversationId, limit }) => answers.history(conversationId, limit),
          send: ({ caller }, message) => answers.send(caller.userId, message),
        },
      ),
    },
    signals: {},
    kernel,
    work: unitOfWork({ ...kernel, database: withoutTransactions(database) }),
    authenticate,
  });
  const config = readConfig({ NODE_ENV: 'production', JWT_SECRET: secret, DATABASE_URL: 'postgres://unused' });
  const server = await createServer({ platform: { ...platform, ...calls }, config, logger, webDir: undefined });
  const { port } = new URL(await server.listen({ port: 0, host: '127.0.0.1' }));
  return { ready: { port: Number(port), people }, close: () => server.close() };
});
