import { memoryTokens, type Tokens } from '@app/api-client';
import { describe, expect, it } from 'vitest';
import type { DeviceSettings, World } from '../worlds/world';
import { authFailures, listen, online, refusalOf, type Story, signUp, talkingPair, until } from './story';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Keeps tokens in memory and notes every pair that the device was given. */
function notedTokens(): { readonly settings: DeviceSettings; readonly pairs: readonly Tokens[] } {
  const pairs: Tokens[] = [];
  const memory = memoryTokens();
  return {
    pairs,
    settings: {
      ...memory,
      onTokenRefreshed(tokens) {
        pairs.push(tokens);
        return memory.onTokenRefreshed(tokens);
      },
    },
  };
}

/** A device whose access token has just run out. */
async function withExpiredToken(world: World, more: DeviceSettings = {}) {
  const noted = notedTokens();
  const line = world.line();
  const someone = await signUp(world, {}, { ...noted.settings, line, ...more });
  await world.advance(16 * minute);
  return { ...someone, pairs: noted.pairs, line };
}

export const tokens: Story = (world) =>
  describe('tokens', () => {
    it('renews an access token that has run out once, for all calls that need it', async () => {
      const { client, id, pairs, line } = await withExpiredToken(world());
      const answers = await Promise.all([client.users.me(), client.auth.listSessions(), client.matches.matches(), client.users.me()]);
      expect(answers[0].id).toBe(id);
      expect(pairs).toHaveLength(2);
      expect(pairs[1]?.refreshToken).not.toBe(pairs[0]?.refreshToken);
      expect(line.requests.filter((request) => request === 'POST /auth/refresh-token')).toHaveLength(1);
    });

    it('opens the socket with a token that has run out, by renewing it', async () => {
      const { client, pairs } = await withExpiredToken(world());
      await online(client);
      expect(pairs).toHaveLength(2);
    });

    it('goes on hearing and calling over a socket that is older than its token', async () => {
      const { ada, ben, conversationId } = await talkingPair(world());
      await online(ada.client, ben.client);
      const heard = listen(ben.client, 'message:created');
      await world().advance(16 * minute);
      await ada.client.messages.send({ conversationId, clientId: crypto.randomUUID(), text: 'Still here' });
      expect((await heard.next()).message.text).toBe('Still here');
    });

    it('survives a refresh whose answer is lost: the phone asks again with the token it has', async () => {
      const { client, id, pairs, line } = await withExpiredToken(world());
      line.loseNextAnswer('POST /auth/refresh-token');
      expect((await client.users.me()).id).toBe(id);
      expect(line.requests.filter((request) => request === 'POST /auth/refresh-token')).toHaveLength(2);
      await world().advance(16 * minute);
      await client.users.me();
      expect(pairs).toHaveLength(3);
    });

    it('signs a session out whose old refresh token turns up again', async () => {
      const failures = authFailures();
      const { client, pairs } = await withExpiredToken(world(), failures.settings);
      await client.users.me();
      await world().advance(16 * minute);
      await client.users.me();
      expect(pairs).toHaveLength(3);

      const thief = world().client(memoryTokens({ accessToken: 'worn out', refreshToken: pairs[0]?.refreshToken as string }));
      await refusalOf(thief.users.me(), 'REFRESH_TOKEN_REUSED');
      await world().settled();
      await refusalOf(client.users.me(), 'REFRESH_TOKEN_INVALID');
      expect(failures.codes).toEqual(['REFRESH_TOKEN_INVALID']);
    });

    it('is told once that a session is lost, whatever was under way', async () => {
      const failures = authFailures();
      const { client } = await signUp(world(), {}, failures.settings);
      await world().advance(61 * day);
      const calls = [client.users.me(), client.auth.listSessions(), client.matches.matches()];
      for (const call of await Promise.allSettled(calls))
        expect(call).toMatchObject({ status: 'rejected', reason: { code: 'REFRESH_TOKEN_INVALID' } });
      await until(() => client.session.state === 'signedOut');
      expect(failures.codes).toEqual(['REFRESH_TOKEN_INVALID']);
    });

    it('keeps a session that is used alive for longer than an unused one would last', async () => {
      const { client, id } = await signUp(world());
      for (let month = 0; month < 3; month += 1) {
        await world().advance(30 * day);
        expect((await client.users.me()).id).toBe(id);
      }
    });
  });
