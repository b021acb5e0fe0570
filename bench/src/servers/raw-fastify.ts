// Raw Fastify with the canned answers.
import { canned } from '../http/canned';
import { type RawSettings, rawServer } from '../http/raw-server';
import { serve } from '../run/serve';

await serve(async (settings: RawSettings) => {
  const { me, history, send } = canned();
  const server = await rawServer({ me, history: (_asker, conversationId, limit) => history(conversationId, limit), send }, settings);
  return { ready: { port: server.port }, close: server.close };
});
