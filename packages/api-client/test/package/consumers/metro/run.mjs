import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

// What React Native has, and no more: no document, no localStorage, no crypto, no addEventListener.
const sockets = [];
class WebSocket {
  constructor(url) {
    sockets.push(url);
  }
  close() {
    sockets.push('closed');
  }
}
class XMLHttpRequest {}
const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, queueMicrotask } = globalThis;
const { URL, URLSearchParams, FormData, Blob, AbortController, AbortSignal, console, performance } = globalThis;
const globals = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, queueMicrotask, console, performance };
const context = vm.createContext({
  ...globals,
  ...{ URL, URLSearchParams, FormData, Blob, AbortController, AbortSignal, WebSocket, XMLHttpRequest },
  navigator: { product: 'ReactNative' },
});
vm.runInContext('globalThis.global = globalThis; globalThis.window = globalThis;', context);
vm.runInContext(readFileSync('bundle.js', 'utf8'), context);

const { createApiClient, hooks } = context.sdk;
assert.equal(typeof hooks.useChat, 'function');
const adapter = async (config) => ({
  status: 200,
  statusText: 'OK',
  headers: {},
  config,
  data: { success: true, data: { url: config.url } },
});
const client = createApiClient({
  baseURL: 'https://api.example.com/api/v1',
  getToken: () => 'token',
  axios: { adapter },
});
assert.equal((await client.users.me()).url, '/users/me');
assert.match(client.outbox.send({ conversationId: 'c', text: 'Hello' }).clientId, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab]/);
client.realtime.connect();
await new Promise((resolve) => setImmediate(resolve));
assert.deepEqual(sockets, ['wss://api.example.com/api/v1/realtime']);
client.dispose();
process.stdout.write('the bundle works\n');
