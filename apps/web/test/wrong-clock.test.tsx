import { type ApiClient, createApiClient, memoryTokens } from '@app/api-client';
import { ApiProvider } from '@app/api-client/react';
import { createCannedApi } from '@app/mocks';
import { setupMockServer } from '@app/mocks/node';
import { render, renderHook, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useCountdown } from '../src/features/auth/use-countdown';
import { ConversationMenu } from '../src/features/chat/conversation-menu';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** When the service stands: the clock of this process may be set wrong, as a phone's. */
const serviceNow = Date.parse('2026-01-15T12:00:00.000Z');

const server = setupMockServer(...createCannedApi().handlers);
let client: ApiClient;
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  vi.useRealTimers();
  client.dispose();
});
afterAll(() => server.close());

/** A device that has heard of the service since its clock was set. */
async function deviceOffBy(ms: number): Promise<({ children }: { children: ReactNode }) => ReactNode> {
  vi.useFakeTimers({ toFake: ['Date'], now: serviceNow + ms });
  const tokens = memoryTokens({ accessToken: 'a.b.c', refreshToken: 'refresh' });
  const axios = {
    transformResponse(body: string, headers: { set(name: string, value: string): void }) {
      headers.set('date', new Date(serviceNow).toUTCString());
      return JSON.parse(body);
    },
  };
  client = createApiClient({ baseURL: 'http://heartline.test/api/v1', ...tokens, axios, retries: 0 });
  await client.users.me();
  return ({ children }) => <ApiProvider client={client}>{children}</ApiProvider>;
}

describe.each([
  ['late', -dayMs],
  ['early', dayMs],
])('on a phone whose clock is a day %s', (_which, offMs) => {
  it('a conversation is muted for an hour from now', async () => {
    const wrapper = await deviceOffBy(offMs);
    const { items } = await client.conversations.list();
    const conversation = { ...(items[0] as (typeof items)[number]), muted: null };
    const mute = vi.spyOn(client.conversations, 'mute');
    render(<ConversationMenu conversation={conversation} />, { wrapper });
    await userEvent.click(screen.getByRole('button', { name: 'More options' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Mute for an hour' }));
    await waitFor(() => expect(mute).toHaveBeenCalledOnce());
    expect(Math.abs(Date.parse(mute.mock.calls[0]?.[0].until ?? '') - (serviceNow + 60 * minuteMs))).toBeLessThan(2_000);
  });

  it('a code can be asked for again when the service says so', async () => {
    const wrapper = await deviceOffBy(offMs);
    const { result } = renderHook(() => useCountdown(new Date(serviceNow + 30_000).toISOString()), { wrapper });
    expect(Math.abs(result.current - 30)).toBeLessThanOrEqual(1);
  });
});
