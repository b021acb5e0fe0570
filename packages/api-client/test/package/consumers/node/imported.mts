import assert from 'node:assert/strict';
import { authService, chatService, configure, createApiClient, isApiError, type Message, type RealtimeStatus } from '@app/api-client';
import { WebSocket } from 'ws';

const baseURL = process.env.BASE_URL ?? '';
const client = createApiClient({ baseURL, platform: 'node', WebSocket });

const { user } = await client.auth.login({ email: 'ada@example.com', password: 'correct horse battery' });
assert.equal(client.session.userId, user.id);
assert.equal((await client.users.me()).displayName, user.displayName);

const caughtUp = new Promise<RealtimeStatus>((resolve) => client.realtime.onStatus((status) => status.caughtUp && resolve(status)));
client.realtime.connect();
assert.equal((await caughtUp).state, 'connected');

const created = new Promise<Message>((resolve) => client.realtime.on('message:created', ({ message }) => resolve(message)));
const { items } = await client.conversations.list({ limit: 5 });
assert.ok(items[0]?.id);
assert.equal(typeof (await created).seq, 'number');

const sent = new Promise<Message>((resolve) => client.outbox.onSent(resolve));
const item = client.outbox.send({ conversationId: items[0].id, text: 'Hello from Node' });
assert.equal((await sent).clientId, item.clientId);

await assert.rejects(client.calls.start({ calleeId: user.id, type: 'audio' }), (error) => {
  return isApiError(error, 'ALREADY_IN_CALL') && error.details.callId.length > 0 && error.statusCode === 409;
});

configure(client);
assert.ok((await authService.listSessions()).items.length > 0);
assert.equal((await chatService.list({})).items.length, items.length);

await client.auth.logout();
assert.equal(client.session.state, 'signedOut');
client.dispose();
process.stdout.write('imported, it works\n');
