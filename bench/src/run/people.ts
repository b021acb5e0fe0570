import type { Platform } from '@app/domain';
import { seeded, sentence, uuid } from './random';

/** Someone who is signed in and talks with one other person. */
export interface Person {
  readonly userId: string;
  readonly token: string;
  readonly conversationId: string;
}

/** With which everybody signs in. */
export const benchPassword = 'a password nobody guesses';

/** Of the one or the other of a pair. */
export function emailOf(side: 'a' | 'b', pair: number): string {
  return `${side}${pair}@bench.test`;
}

type Bearer = { readonly token?: string; readonly address: string };

async function call(platform: Platform, { token, address }: Bearer, endpoint: string, input: object): Promise<unknown> {
  const answer = await platform.call({ endpoint, input, token, way: 'http', origin: { requestId: 'bench', address } });
  if (!answer.ok) throw new Error(`${endpoint}: ${answer.failure.code} ${JSON.stringify(answer.failure.details)}`);
  return answer.data;
}

async function makePair(platform: Platform, pair: number, messages: number): Promise<Person[]> {
  const random = seeded(pair);
  const signedIn = [];
  for (const side of ['a', 'b'] as const) {
    // Each from an address of their own: nobody registers that many people from one.
    const bearer = { address: `10.${side === 'a' ? 1 : 2}.${pair >> 8}.${pair & 255}` };
    const answer = (await call(platform, bearer, 'auth.register', {
      email: emailOf(side, pair),
      password: benchPassword,
      displayName: side === 'a' ? 'Ada' : 'Ben',
      birthDate: '1996-04-23',
      gender: side === 'a' ? 'female' : 'male',
    })) as { user: { id: string }; tokens: { accessToken: string } };
    signedIn.push({ ...bearer, userId: answer.user.id, token: answer.tokens.accessToken });
  }
  const [one, other] = signedIn as [(typeof signedIn)[0], (typeof signedIn)[0]];
  await call(platform, one, 'swipes.swipe', { userId: other.userId, action: 'like' });
  await call(platform, other, 'swipes.swipe', { userId: one.userId, action: 'like' });
  const { id: conversationId } = (await call(platform, one, 'conversations.openDirect', { userId: other.userId })) as { id: string };
  for (let sent = 0; sent < messages; sent += 1) {
    const from = sent % 2 === 0 ? one : other;
    await call(platform, from, 'messages.send', { conversationId, clientId: uuid(random), text: sentence(random) });
  }
  return signedIn.map(({ userId, token }) => ({ userId, token, conversationId }));
}

/** Pairs of people who have matched and have written that many messages to each other. The two of a pair stand side by side. */
export async function makePeople(platform: Platform, pairs: number, messages: number): Promise<Person[]> {
  const made: Person[][] = [];
  const atOnce = 8;
  for (let pair = 0; pair < pairs; pair += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, pairs - pair) }, (_, index) => makePair(platform, pair + index, messages));
    made.push(...(await Promise.all(some)));
  }
  return made.flat();
}
