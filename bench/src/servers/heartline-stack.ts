// The whole stack with the canned answers: everything from the socket to the handler and back is what production runs.
import { createLog, createServer, openPostgres, readConfig } from '@app/backend';
import { api } from '@app/contracts';
import {
  createPlatform,
  type Database,
  implement,
  jwtTokens,
  localBus,
  localIdentity,
  localOutbox,
  localPresence,
  memoryMedia,
  offlinePlaces,
  pipeline,
  plainImages,
  tableJobs,
  unitOfWork,
  webCryptoVault,
} from '@app/domain';
import { canned } from '../http/canned';
import { makePeople } from '../run/people';
import { quickPasswords, unhurriedLimits } from '../run/ports';
import { serve } from '../run/serve';

/** The database for handlers that never touch it: a transaction of it opens nothing. */
function withoutTransactions(database: Database): Database {
  const transaction = (task: (tx: Database['db']) => Promise<unknown>) => task(database.db);
  return { ...database, db: Object.create(database.db, { transaction: { value: transaction } }) };
}

interface Settings {
  readonly secret: string;
  readonly log: string;
  /** Where the people and their sessions are; once a minute each session is looked up there. */
  readonly databaseUrl: string;
  readonly pairs: number;
}

await serve(async ({ secret, log, databaseUrl, pairs }: Settings) => {
  const logger = createLog(log);
  const database = await openPostgres(databaseUrl, 2);
  const platform = createPlatform({
    database,
    log: logger,
    ports: {
      passwords: quickPasswords,
      tokens: jwtTokens([secret]),
      vault: webCryptoVault({ sealing: [secret], lookup: secret }),
      limits: unhurriedLimits(),
      bus: localBus((error) => logger.error(error)),
      presence: localPresence(),
      places: offlinePlaces(),
      jobs: tableJobs(),
      ...localOutbox(),
      images: plainImages(),
      media: memoryMedia(''),
      identity: localIdentity(),
      outbox: null,
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
          send: ({ caller }, { conversationId, clientId, text = '' }) => answers.send(caller.userId, { conversationId, clientId, text }),
        },
      ),
    },
    signals: {},
    kernel,
    work: unitOfWork({ ...kernel, database: withoutTransactions(database) }),
    authenticate,
  });
  const config = readConfig({
    NODE_ENV: 'production',
    JWT_SECRET: secret,
    DATA_SECRET: secret,
    LOOKUP_SECRET: secret,
    DATABASE_URL: databaseUrl,
  });
  const server = await createServer({ platform: { ...platform, ...calls }, config, logger, disk: undefined, webDir: undefined });
  const { port } = new URL(await server.listen({ port: 0, host: '127.0.0.1' }));
  return {
    ready: { port: Number(port), people },
    async close() {
      await server.close();
      await database.close();
    },
  };
});
