import { exampleOutput } from '@app/contracts';
import { describe, expect, it, vi } from 'vitest';
import type { ClientConfig } from '../../src/index';
import { clientOf, standInServer } from './setting';

const dayMs = 24 * 60 * 60_000;
/** What a test cannot set. */
const trueNow = () => performance.timeOrigin + performance.now();

/** Has this device's clock stand still at a time that is wrong by so much. */
function setDeviceClock(offMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Math.round(trueNow() + offMs) });
}

describe.each([
  ['fast', dayMs],
  ['slow', -dayMs],
])('on a device whose clock is a day %s', (_which, offMs) => {
  it('the time is the server’s as soon as that has answered anything', async () => {
    const server = await standInServer();
    setDeviceClock(offMs);
    const client = clientOf(server);
    expect(client.now()).toBe(Date.now());
    await client.users.me();
    expect(Math.abs(client.now() - trueNow())).toBeLessThan(2_000);
  });

  it('a message on its way is from now', async () => {
    const server = await standInServer();
    setDeviceClock(offMs);
    const client = clientOf(server);
    await client.users.me();
    const { createdAt } = client.outbox.send({ conversationId: exampleOutput('messages.send').conversationId, text: 'Now' });
    expect(Math.abs(Date.parse(createdAt) - trueNow())).toBeLessThan(2_000);
  });
});

describe('the server’s time', () => {
  /** A server whose clock goes by a test: it is right where the device is 5 s fast. */
  const fastBy = { ms: 5_000 };
  const answering: NonNullable<ClientConfig['axios']> = {
    adapter: async (config) => ({
      data: { success: true, data: exampleOutput('users.me') },
      status: 200,
      statusText: 'OK',
      headers: { date: new Date(Date.now() - fastBy.ms).toUTCString() },
      config,
    }),
  };

  it('is told by a few answers more exactly than in whole seconds, and anew when somebody sets the clock', async () => {
    const client = clientOf(await standInServer(), { axios: answering });
    const noon = Date.parse('2026-01-15T12:00:00.000Z');
    vi.useFakeTimers({ toFake: ['Date'], now: noon + 100 });
    const errorAfter = async (ms: number) => {
      vi.setSystemTime(noon + ms);
      await client.users.me();
      return Math.abs(client.now() - (Date.now() - fastBy.ms));
    };
    expect(await errorAfter(100)).toBeGreaterThan(300);
    await errorAfter(1_500);
    expect(await errorAfter(2_900)).toBeLessThan(150);
    fastBy.ms += 60 * 60_000;
    expect(await errorAfter(60 * 60_000 + 5_000)).toBeLessThan(1_000);
  });
});
