import { eq } from 'drizzle-orm';
import { hasMessages, holdDirect } from '../conversations/rules';
import type { JobHandlers } from '../jobs/queue';
import { lockPair } from '../people/pair';
import type { Work } from '../pipeline/context';
import { endMatch, type MatchRow } from './rules';
import { matches } from './table';

/** A match ends this long after its warning at the earliest, as a share of its whole time. */
const warnedFor = 0.25;

/** Sets a new match's end, where matches expire. */
export function expiryOf(work: Work): Date | null {
  const hours = work.settings.matchExpiryHours;
  return hours === null ? null : new Date(work.now.getTime() + hours * 3_600_000);
}

/** Enqueues the warning and the end of a match that expires. */
export function scheduleExpiry(work: Work, match: MatchRow): void {
  if (match.expiresAt === null) return;
  const whole = match.expiresAt.getTime() - match.createdAt.getTime();
  work.enqueue('matches.warn', { matchId: match.id }, new Date(match.expiresAt.getTime() - whole * warnedFor));
  work.enqueue('matches.expire', { matchId: match.id }, match.expiresAt);
}

/** The match, if it is active and nobody has written yet; the pair is locked, and nobody can write until this is decided. */
async function stillSilent(work: Work, matchId: string): Promise<MatchRow | undefined> {
  const [found] = await work.db.select().from(matches).where(eq(matches.id, matchId));
  if (found === undefined) return undefined;
  await lockPair(work.db, found.userA, found.userB);
  await holdDirect(work.db, found.userA, found.userB);
  const [match] = await work.db.select().from(matches).where(eq(matches.id, matchId));
  if (match === undefined || match.status !== 'active' || match.expiresAt === null) return undefined;
  return (await hasMessages(work.db, match.userA, match.userB, match.createdAt)) ? undefined : match;
}

export const matchJobs: Pick<JobHandlers, 'matches.warn' | 'matches.expire'> = {
  async 'matches.warn'(work, { matchId }) {
    const match = await stillSilent(work, matchId);
    if (match?.expiresAt == null) return;
    work.emit('match:timeout_warning', [match.userA, match.userB], { matchId, expiresAt: match.expiresAt.toISOString() });
  },

  async 'matches.expire'(work, { matchId }) {
    const match = await stillSilent(work, matchId);
    if (match !== undefined) await endMatch(work, match, 'expired');
  },
};
