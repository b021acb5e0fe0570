import type { OwnReport } from '../../wire';
import type { Fact, ToldByAnswer, ToldByEvent } from './fact';

/** Somebody is gone: what holds them is loaded anew, and does not hold them any more. */
const personIsGone =
  (userId: string): Fact =>
  (cache) => {
    cache.steps.swipedOn(userId)(cache);
    for (const id of [
      'matches.matches',
      'conversations.list',
      'calls.history',
      'profiles.profile',
      'blocks.list',
      'friends.list',
      'friends.requests',
      'notifications.list',
      'notifications.unreadCount',
    ] as const)
      cache.refresh(id);
  };

const reportIs =
  (report: OwnReport): Fact =>
  (cache) =>
    cache.list('reports.mine', (items) => cache.steps.put(items, report));

export const safetyEvents = {
  'report:resolved':
    ({ reportId, verdict, resolvedAt }) =>
    (cache) =>
      cache.list('reports.mine', (items) =>
        items.map((item) => (item.id === reportId ? { ...item, status: 'resolved', verdict, resolvedAt } : item)),
      ),
} satisfies ToldByEvent;

export const safetyAnswers: ToldByAnswer = {
  'blocks.block': (_, { userId }) => personIsGone(userId),
  'blocks.unblock': () => (cache) => cache.refresh('blocks.list'),
  'reports.report':
    (report, { userId, alsoBlock }) =>
    (cache) => {
      reportIs(report)(cache);
      if (alsoBlock) personIsGone(userId)(cache);
    },
};
