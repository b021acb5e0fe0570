import { type EndpointId, endpoints, exampleInput, exampleOutput } from '@app/contracts';
import { parser } from '@app/domain';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCannedApi } from '../src';

const origin = 'http://heartline.test';
const server = setupServer(...createCannedApi().handlers);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

function request(id: EndpointId, token: string | undefined, change: Record<string, unknown> = {}): Promise<Response> {
  const endpoint = endpoints[id];
  const input: Record<string, unknown> = { ...(exampleInput(id) as Record<string, unknown>), ...change };
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => String(input[name]));
  const query = new URLSearchParams();
  for (const name of endpoint.places.query)
    for (const value of [input[name]].flat()) if (value !== undefined) query.append(name, String(value));
  const body = Object.fromEntries(Object.entries(input).filter(([name]) => endpoint.places.body.includes(name) || name in change));
  return fetch(`${origin}/api/v1${path}?${query}`, {
    method: endpoint.method,
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(endpoint.method === 'GET' || Object.keys(body).length === 0 ? {} : { body: JSON.stringify(body) }),
  });
}

const ids = (Object.keys(endpoints) as EndpointId[]).filter((id) => endpoints[id].transport !== 'socket');

describe('createCannedApi', () => {
  it.each(ids)('answers %s from its example', async (id) => {
    const response = await request(id, 'any');
    expect(response.status).toBe(200);
    const { success, data } = (await response.json()) as { success: boolean; data: unknown };
    expect(success).toBe(true);
    expect(data).toEqual(exampleOutput(id));
    expect(() => parser(endpoints[id].output)(data)).not.toThrow();
  });

  it('lets nobody in who brings no token, and refuses what is not valid', async () => {
    expect((await request('users.me', undefined)).status).toBe(401);
    const response = await request('messages.send', 'any', { text: 7, extra: true });
    expect(response.status).toBe(400);
    const { details } = (await response.json()) as { details: { issues: { path: string }[] } };
    expect(details.issues.map(({ path }) => path).sort()).toEqual(['extra', 'text']);
  });
});
