import type { Fact, ToldByAnswer, ToldByEvent } from './fact';

const sessionIsGone =
  (sessionId: string): Fact =>
  (cache) =>
    cache.list('auth.listSessions', (items) => items.filter(({ id }) => id !== sessionId));

export const deviceEvents = {
  'session:revoked': ({ sessionId }) => sessionIsGone(sessionId),
} satisfies ToldByEvent;

export const deviceAnswers: ToldByAnswer = {
  'auth.changePassword': () => (cache) => cache.refresh('auth.listSessions'),
  'auth.revokeSession': (_, { sessionId }) => sessionIsGone(sessionId),
  'users.exportMe': (now) => (cache) => cache.put('users.exportStatus', {}, { export: now }),
};
