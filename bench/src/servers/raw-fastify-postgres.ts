// Raw Fastify with SQL written by hand, on the tables of the platform, doing the same work just as durably.

import { handWritten } from '../http/hand-written';
import { rawServer } from '../http/raw-server';
import { serve } from '../run/serve';

await serve(async ({ secret, log, databaseUrl, poolSize }: { secret: string; log: string; databaseUrl: string; poolSize: number }) => {
  const answers = handWritten(databaseUrl, poolSize, secret);
  const server = await rawServer(answers, { secret, log });
  return {
    ready: { port: server.port },
    async close() {
      await server.close();
      await answers.close();
    },
  };
});
