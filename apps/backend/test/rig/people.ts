import { randomUUID } from 'node:crypto';
import type { Call, Conversation, EndpointId, Match, Message, SignedIn } from '@app/contracts';
import { call, dataOf, type Reply } from './http';

export const password = 'correct horse battery';

/** Someone signed in, with the hands to act over HTTP. */
export interface Someone {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
  call(endpoint: EndpointId, input?: Readonly<Record<string, unknown>>, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** As `call`, for what has to succeed. */
  do<Data>(endpoint: EndpointId, input?: Readonly<Record<string, unknown>>, headers?: Readonly<Record<string, string>>): Promise<Data>;
}

function handsOf(baseURL: string, email: string, { user, tokens }: SignedIn): Someone {
  const token = tokens.accessToken;
  const act: Someone['call'] = (endpoint, input, headers) => call(baseURL, endpoint, input, { token, headers });
  return {
    id: user.id,
    email,
    token,
    refreshToken: tokens.refreshToken,
    call: act,
    do: async (endpoint, input, headers) => dataOf(await act(endpoint, input, headers)),
  };
}

/** A new account. */
export async function signUp(baseURL: string, wishes: { name?: string; gender?: string; birthDate?: string } = {}): Promise<Someone> {
  const email = `${randomUUID()}@people.example`;
  const { name = 'Someone', gender = 'other', birthDate = '1996-04-23' } = wishes;
  const reply = await call(baseURL, 'auth.register', { email, password, displayName: name, birthDate, gender });
  return handsOf(baseURL, email, dataOf(reply));
}

/** The same person on another device. */
export async function signIn(baseURL: string, { email }: Someone): Promise<Someone> {
  return handsOf(baseURL, email, dataOf(await call(baseURL, 'auth.login', { email, password })));
}

/** Makes a match of two people. */
export async function match(one: Someone, other: Someone): Promise<Match> {
  await one.do('swipes.swipe', { userId: other.id, action: 'like' });
  const { match: made } = await other.do<{ match: Match | null }>('swipes.swipe', { userId: one.id, action: 'like' });
  if (made === null) throw new Error('They did not match.');
  return made;
}

export interface Pair {
  readonly ada: Someone;
  readonly ben: Someone;
  readonly matchId: string;
  readonly conversationId: string;
}

/** Two people who are matched and have opened their conversation. */
export async function talkingPair(baseURL: string): Promise<Pair> {
  const [ada, ben] = await Promise.all([
    signUp(baseURL, { name: 'Ada', gender: 'female' }),
    signUp(baseURL, { name: 'Ben', gender: 'male' }),
  ]);
  const { id: matchId } = await match(ada, ben);
  const { id: conversationId } = await ada.do<Conversation>('conversations.openDirect', { userId: ben.id });
  return { ada, ben, matchId, conversationId };
}

export function say(from: Someone, conversationId: string, text: string, clientId: string = randomUUID()): Promise<Message> {
  return from.do('messages.send', { conversationId, clientId, text });
}

export function ring(from: Someone, to: Someone): Promise<Call> {
  return from.do('calls.start', { calleeId: to.id, type: 'audio' });
}
