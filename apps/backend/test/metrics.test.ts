import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestBackend, type TestBackend } from './rig/backend';
import { call, send } from './rig/http';
import { signUp } from './rig/people';
import { openSocket } from './rig/socket';

const token = 'a-token-that-only-prometheus-knows';
let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('postgres', { env: { METRICS_TOKEN: token } });
});
afterAll(() => backend.close());

const scrape = (bearer?: string) => send('GET', `${backend.url}/metrics`, bearer === undefined ? {} : { token: bearer });

describe('metrics', () => {
  it('are for whoever bears the token', async () => {
    expect((await scrape()).status).toBe(401);
    expect((await scrape('another')).status).toBe(401);
    expect((await scrape(token)).status).toBe(200);
  });

  it('count the devices that are connected', async () => {
    const ada = await signUp(backend.baseURL);
    expect((await scrape(token)).text).toMatch(/^heartline_connections 0$/m);
    const socket = await openSocket(backend.baseURL, ada.token);
    expect((await scrape(token)).text).toMatch(/^heartline_connections 1$/m);
    await socket.close();
    await vi.waitFor(async () => expect((await scrape(token)).text).toMatch(/^heartline_connections 0$/m));
    expect((await scrape(token)).text).toMatch(/^heartline_bus_cut 0$/m);
  });

  it('time requests by their route, with nobody’s id in it', async () => {
    const ada = await signUp(backend.baseURL);
    const id = '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10';
    await ada.call('profiles.profile', { userId: id });
    await call(backend.baseURL, 'users.me', {});
    await send('GET', `${backend.url}/nothing/${id}`);
    await vi.waitFor(async () => {
      const { text } = await scrape(token);
      expect(text).toContain('heartline_request_seconds_count{method="GET",route="/api/v1/profiles/:userId",status="404"} 1');
      expect(text).toContain('heartline_request_seconds_count{method="GET",route="/api/v1/users/me",status="401"} 1');
    });
    const { text } = await scrape(token);
    expect(text).not.toContain(id);
    expect(text).not.toContain(ada.id);
  });

  it('are not there where no token is set and strangers may ask', async () => {
    const closed = await startTestBackend('postgres');
    expect((await send('GET', `${closed.url}/metrics`)).status).toBe(404);
    await closed.close();
  });
});
