import type { Person } from '../run/people';
import { seeded, sentence, uuid } from '../run/random';
import { historyLimit } from './canned';

export interface Scenario {
  readonly name: string;
  /** Makes the requests of these people, each on a connection of their own. Another `seed` makes other messages. */
  requests(people: readonly Person[], seed: number): (connection: number) => string;
}

/** With the headers that a phone's app sends. */
function http(method: string, path: string, token: string, body?: string): string {
  const content = body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${body.length}\r\n`;
  return (
    `${method} /api/v1${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\naccept-encoding: identity\r\n` +
    `user-agent: Heartline/1.4.0 (bench)\r\nx-platform: ios\r\nx-app-version: 1.4.0\r\nauthorization: Bearer ${token}\r\n` +
    `${content}\r\n${body ?? ''}`
  );
}

function perPerson<T>(people: readonly Person[], make: (person: Person) => T): (connection: number) => T {
  const made = people.map(make);
  return (connection) => made[connection % made.length] as T;
}

/** A small answer, a list, and a write with input. */
export const scenarios: readonly Scenario[] = [
  { name: 'users.me', requests: (people) => perPerson(people, ({ token }) => http('GET', '/users/me', token)) },
  {
    name: 'messages.history',
    requests: (people) =>
      perPerson(people, ({ token, conversationId }) =>
        http('GET', `/conversations/${conversationId}/messages?limit=${historyLimit}`, token),
      ),
  },
  {
    name: 'messages.send',
    requests(people, seed) {
      const random = seeded(seed);
      const send = perPerson(people, ({ token, conversationId }) => () => {
        const body = JSON.stringify({ clientId: uuid(random), text: sentence(random) });
        return http('POST', `/conversations/${conversationId}/messages`, token, body);
      });
      return (connection) => send(connection)();
    },
  },
];
