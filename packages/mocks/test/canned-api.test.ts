import { createApiClient } from '@app/api-client';
import { type EndpointId, endpoints, exampleInput, exampleOutput } from '@app/contracts';
import { fail, parser } from '@app/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCannedApi } from '../src';
import { setupMockServer } from '../src/node';
import { codeOf, online } from './setting';

const origin = 'http://heartline.test';
const own = {
  'users.me': { ...exampleOutput('users.me'), displayName: 'Someone else' },
  'messages.edit': ({ messageId, text }: { messageId: string; text?: string | undefined }) => ({
    ...exampleOutput('messages.edit'),
    id: messageId,
    text: text ?? null,
  }),
  'matches.unmatch': () => {
    throw fail('MATCH_NOT_FOUND');
  },
};
const server = setupMockServer(...createCannedApi({ answers: own }).handlers);

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

const ids = (Object.keys(endpoints) as EndpointId[]).filter((id) => endpoints[id].transport !== 'socket' && !(id in own));

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
    expect((await request('users.preferences', undefined)).status).toBe(401);
    const response = await request('messages.send', 'any', { text: 7, extra: true });
    expect(response.status).toBe(400);
    const { details } = (await response.json()) as { details: { issues: { path: string }[] } };
    expect(details.issues.map(({ path }) => path).sort()).toEqual(['extra', 'text']);
  });

  it('gives answers of your own, and failures', async () => {
    const client = createApiClient({ baseURL: `${origin}/api/v1`, getToken: () => 'any', retries: 0 });
    expect((await client.users.me()).displayName).toBe('Someone else');
    const messageId = exampleOutput('messages.send').id;
    expect(await client.messages.edit({ messageId, text: 'Mine' })).toMatchObject({ id: messageId, text: 'Mine' });
    expect(await codeOf(client.matches.unmatch({ matchId: exampleOutput('matches.matches').items[0]?.id ?? '' }))).toBe('MATCH_NOT_FOUND');
    client.dispose();
  });

  it('takes the socket: calls are answered, signals taken, what is not valid refused', async () => {
    const client = createApiClient({ baseURL: `${origin}/api/v1`, getToken: () => 'any', retries: 0 });
    await online(client);
    expect(await client.conversations.list()).toEqual(exampleOutput('conversations.list'));
    const { conversationId } = exampleInput('messages.send');
    await client.realtime.emit('typing:started', { conversationId });
    expect(await codeOf(client.realtime.emit('typing:started', { conversationId: 'nowhere' }))).toBe('VALIDATION_FAILED');
    client.dispose();
  });
});
