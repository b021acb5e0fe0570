import assert = require('node:assert/strict');
import sdk = require('@app/api-client');
import ws = require('ws');

async function main(): Promise<void> {
  const baseURL = process.env.BASE_URL ?? '';
  const client = sdk.createApiClient({ baseURL, WebSocket: ws.WebSocket });
  const { user } = await client.auth.login({ email: 'ada@example.com', password: 'correct horse battery' });
  assert.equal((await client.users.me()).id, user.id);

  const caughtUp = new Promise<void>((resolve) => client.realtime.onStatus((status) => status.caughtUp && resolve()));
  client.realtime.connect();
  await caughtUp;
  const error: unknown = await client.calls.start({ calleeId: user.id, type: 'audio' }).catch((reason: unknown) => reason);
  assert.ok(error instanceof sdk.ApiError && sdk.isApiError(error, 'ALREADY_IN_CALL'));

  sdk.configure(client);
  assert.ok((await sdk.authService.listSessions()).items.length > 0);
  client.dispose();
  process.stdout.write('required, it works\n');
}

void main();
