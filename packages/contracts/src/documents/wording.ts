import type { Endpoint, RateLimit, Way } from '../core';
import { closeCodes } from '../realtime';

/** `messages.send` or `CONVERSATION_NOT_FOUND` as a name of a type: `MessagesSend`, `ConversationNotFound`. */
export function typeName(name: string): string {
  const words = name === name.toUpperCase() ? name.toLowerCase().split('_') : name.split(/[.:_]/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function duration(seconds: number): string {
  const [size, unit] = seconds % 3600 === 0 ? [3600, 'hour'] : seconds % 60 === 0 ? [60, 'minute'] : [1, 'second'];
  const count = seconds / size;
  return count === 1 ? `one ${unit}` : `${count} ${unit}s`;
}

export function limitInWords({ max, windowSeconds, by, counts }: RateLimit, what = 'calls'): string {
  const calls = counts === 'failures' ? `${what} that fail` : what;
  const subjects = by.map((subject) => (subject.startsWith('input.') ? `\`${subject.slice('input.'.length)}\`` : subject)).join(' and ');
  return `Limit: ${max} ${calls} in ${duration(windowSeconds)} for each ${subjects}.`;
}

function repeatsInWords(idempotency: Endpoint['idempotency'], way: Way): string {
  switch (idempotency) {
    case 'natural':
      return 'May be repeated: the second call changes nothing and answers the same.';
    case 'key': {
      const key = way === 'http' ? 'Idempotency-Key' : 'key';
      return `May be repeated with the same \`${key}\`: the first answer is kept for a day and given again.`;
    }
    case 'none':
      return 'Must not be repeated blindly.';
  }
}

function accessInWords(access: Endpoint['access']): string {
  if (access === 'public') return 'For anyone.';
  return access === 'user' ? 'For anyone who is signed in.' : `For roles with the permission \`${access}\`.`;
}

/** What there is to know of the endpoint beside its summary, as paragraphs. */
export function endpointInWords({ description, access, limit, idempotency, method }: Endpoint, way: Way): string[] {
  return [
    ...(description === undefined ? [] : [description]),
    accessInWords(access),
    ...(limit === undefined ? [] : [limitInWords(limit)]),
    ...(method === 'GET' ? [] : [repeatsInWords(idempotency, way)]),
  ];
}

/** Why the server closes a socket, and what to do then. */
const closings: Readonly<Record<keyof typeof closeCodes, string>> = {
  restarting: 'The server is going away. Connect again.',
  frameTooLarge: 'A frame was larger than the server takes. Do not send it again.',
  unauthenticated: 'The first frame did not open the connection in time, or its token was refused. Get a new token, then connect again.',
  revoked: 'The session was signed out, or the account may not be used any more. Sign in again.',
  slowReader: 'The device reads too slowly. Connect again with `since`.',
  silent: 'No sign of life for two heartbeats. Connect again with `since`.',
};

/** The close codes of the socket as a table. */
export function closeCodeTable(): string {
  const rows = Object.entries(closings).map(([name, why]) => `| ${closeCodes[name as keyof typeof closeCodes]} | \`${name}\` | ${why} |`);
  return ['| Code | Name | Why, and what to do |', '| --- | --- | --- |', ...rows].join('\n');
}
