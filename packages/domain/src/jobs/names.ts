/** Every job and what it is told. */
export interface JobPayloads {
  /** A call that nobody answered in time is missed. */
  'calls.timeOut': { callId: string };
  /** Someone in a call has had no connection for a while: the call fails. */
  'calls.abandon': { userId: string };
  /** A match without a first message is about to end. */
  'matches.warn': { matchId: string };
  'matches.expire': { matchId: string };
  /** Brings cards of discovery up to date, of the people whose ids sort after `after`. */
  'discovery.rebuild': { after: string | null };
  /** Seals with the newest key what older keys have sealed. Every process enqueues it at its start. */
  'secrets.reseal': Record<string, never>;
  /** Drops what is older than its retention. Every process enqueues it at its start and once an hour. */
  'maintenance.expire': Record<string, never>;
}

export type JobName = keyof JobPayloads;
export type JobPayload<J extends JobName> = JobPayloads[J];
