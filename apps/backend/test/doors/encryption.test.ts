import { type ApiClient, createApiClient, memoryTokens } from '@app/api-client';
import { createEncryption } from '@app/api-client/encryption';
import { openMatrixMachine } from '@app/api-client/encryption/matrix';
import { tables } from '@app/domain';
import { getTableName, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTestBackend, type TestBackend } from '../rig/backend';

/** What stands in the database of what two people wrote in secret: looked for in every column of every table. */
let backend: TestBackend;
const clients: ApiClient[] = [];
beforeAll(async () => {
  backend = await startTestBackend('postgres');
});
afterAll(async () => {
  for (const client of clients) client.dispose();
  await backend.close();
});

const within = { timeout: 30_000, interval: 20 };

async function secretive(name: string) {
  const client = createApiClient({ ...memoryTokens(), baseURL: backend.baseURL, platform: 'node', WebSocket });
  clients.push(client);
  const { user } = await client.auth.register({
    email: `${name}@secrets.example`,
    password: 'correct horse battery',
    displayName: name,
    birthDate: '1996-04-23',
    gender: 'other',
  });
  const encryption = createEncryption(client, { openMachine: openMatrixMachine });
  client.realtime.connect();
  await vi.waitFor(() => expect(encryption.state).toBe('ready'), within);
  return { id: user.id, client };
}

/** The names of the tables in which a text stands, as it is or in base64. */
async function tablesWith(text: string): Promise<string[]> {
  await backend.platform.settled();
  const inBase64 = Buffer.from(text).toString('base64').replace(/=+$/, '').slice(0, -2);
  const names = Object.values(tables).map((table) => getTableName(table));
  const parts = names.map(
    (name) =>
      sql`select ${name}::text as name from ${sql.identifier(name)} t where strpos(t::text, ${text}) > 0 or strpos(t::text, ${inBase64}) > 0`,
  );
  const found = (await backend.platform.kernel.database.db.execute(sql.join(parts, sql` union `))) as unknown as { name: string }[];
  return found.map(({ name }) => name).sort();
}

it('holds none of what was written, changed, answered, drafted or reported in secret', { timeout: 120_000 }, async () => {
  const [ada, ben] = [await secretive('ada'), await secretive('ben')];
  await ada.client.swipes.swipe({ userId: ben.id, action: 'like' });
  await ben.client.swipes.swipe({ userId: ada.id, action: 'like' });
  const { id: conversationId } = await ada.client.conversations.openDirect({ userId: ben.id });
  const say = (text: string, replyTo?: string) =>
    ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text, ...(replyTo !== undefined && { replyTo }) });

  await say('a plain word for zanzibar');
  expect(await tablesWith('zanzibar')).toContain('messages');

  await ada.client.encryption.start({ conversationId });
  const sent = await say('the secret word is xylophone');
  await say('an answer to the xylophone', sent.id);
  await ada.client.messages.edit({ messageId: sent.id, text: 'no, it is another xylophone' });
  await expect(ada.client.conversations.saveDraft({ conversationId, text: 'one more xylophone' })).rejects.toThrow();
  await vi.waitFor(async () => {
    const { items } = await ben.client.messages.history({ conversationId });
    expect(items.map(({ text }) => text)).toContain('no, it is another xylophone');
  }, within);
  expect(await tablesWith('xylophone')).toEqual([]);

  // Whoever reports it hands in what they have read.
  await ben.client.reports.report({ userId: ada.id, category: 'other', evidence: { messageIds: [sent.id] } });
  expect(await tablesWith('xylophone')).toEqual([]);
});
