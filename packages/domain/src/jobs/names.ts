import type { Delivery } from '../notifications/deliver';

/** Every job and what it is told. */
export interface JobPayloads {
  /** A call that nobody answered in time is missed. */
  'calls.timeOut': { callId: string };
  /** Someone in a call has had no connection for a while: the call fails. */
  'calls.abandon': { userId: string };
  /** A match without a first message is about to end. */
  'matches.warn': { matchId: string };
  'matches.expire': { matchId: string };
  /** Ends what a deleted account has with others, piece by piece. */
  'accounts.leave': { userId: string };
  /** Tells those whom someone has written with that the account is gone, or back, in conversations whose ids sort after `after`. */
  'accounts.tellWriters': { userId: string; after: string | null };
  /** Takes away everything personal of an account whose time after its deletion is over, piece by piece. */
  'accounts.erase': { userId: string };
  /** Mails to someone that their account was suspended or banned, while that holds. `until`: when a suspension ends by itself. */
  'accounts.mailStatus': { decisionId: string; userId: string; status: 'suspended' | 'banned'; until: string | null };
  /** Writes the next parts of the copy of what is held about someone. */
  'accounts.export': { userId: string };
  /** Brings cards of discovery up to date, of the people whose ids sort after `after`. */
  'discovery.rebuild': { after: string | null };
  /** Seals with the newest key what older keys have sealed. Every process enqueues it at its start. */
  'secrets.reseal': Record<string, never>;
  /** Drops what is older than its retention. Enqueued once an hour, by one of all the processes. */
  'maintenance.expire': Record<string, never>;
  /** Sends a code or a link. */
  'auth.sendCode': { codeId: string };
  /** Mails a link that sets a new password, where there is an account. The email is sealed. */
  'auth.mailReset': { emailSealed: string };
  /** Removes the files of a photo, unless they are still a photo’s or the picture of a group: after it was taken away, and a while after each upload. */
  'photos.sweep': { id: string; format: string };
  /** Moves the files of a rejected photo to where nobody but its owner is told of them. */
  'photos.hide': { id: string; to: string };
  /**
   * Removes a file that was uploaded to be sent, unless it is in a message. Where moderators may still have to see it, nobody is led to it
   * any more. Where it never came to be, what stands under its keys goes.
   */
  'media.sweep': { id: string; keys: string[] };
  /** Moves a file whose last message was deleted to where nobody is told of it. */
  'media.hide': { id: string; to: string };
  /** Removes files that nothing refers to. */
  'media.remove': { keys: string[] };
  /** Copies a photo that was reported, so that it stays when its owner takes it away. */
  'reports.copyPhoto': { reportId: string; photoId: string };
  /** Copies a file that was sent in a message that was reported. */
  'reports.copyFile': { reportId: string; mediaId: string };
  /** Opens an encrypted file that was sent in a message that was reported, with the key that was handed in. */
  'reports.openFile': { reportId: string; mediaId: string };
  /** Brings something that someone is told to them by a channel. */
  'notifications.deliver': Delivery;
  /** Asks the push services what became of pushes that they took. */
  'notifications.askReceipts': Record<string, never>;
}

export type JobName = keyof JobPayloads;
export type JobPayload<J extends JobName> = JobPayloads[J];

/**
 * Jobs that call the outside. They run without a transaction, so that none is held while somebody else's server takes its
 * time, and write down what came of it when it has come. They may run twice: a process that dies in between has not said so.
 */
export const outsideJobs = [
  'auth.sendCode',
  'accounts.mailStatus',
  'notifications.deliver',
  'notifications.askReceipts',
  'photos.sweep',
  'reports.copyPhoto',
  'reports.copyFile',
  'reports.openFile',
  'photos.hide',
  'media.hide',
  'media.remove',
] as const satisfies readonly JobName[];
export type OutsideJobName = (typeof outsideJobs)[number];
/** Jobs whose work is done in the transaction that ends them: it happens once. */
export type InsideJobName = Exclude<JobName, OutsideJobName>;

const outside: ReadonlySet<string> = new Set(outsideJobs);

export function isOutside(name: JobName): name is OutsideJobName {
  return outside.has(name);
}
