import type { Language } from '@app/contracts';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { JobPayload } from '../jobs/names';
import type { OutsideJobHandlers, OutsideWork } from '../jobs/queue';
import { sendMail } from '../notifications/channels';
import { emailPlace } from './accounts';
import { isUsable } from './standing';
import { preferences, users } from './table';
import { statusMail } from './texts';

type Decision = JobPayload<'accounts.mailStatus'>;

interface Reader {
  readonly to: string;
  readonly language: Language;
}

/** Who reads it; `undefined` where nobody has proven the address, or where what was decided does not hold any more. */
function readerOf({ read, ports }: OutsideWork, { userId, status, until }: Decision): Promise<Reader | undefined> {
  return read(async ({ db, now }) => {
    const [found] = await db
      .select({ account: users, app: preferences.app })
      .from(users)
      .innerJoin(preferences, eq(preferences.userId, users.id))
      .where(and(eq(users.id, userId), eq(users.status, status), isNotNull(users.emailVerifiedAt)));
    if (found === undefined || found.account.emailSealed === null || isUsable(found.account, now)) return undefined;
    // A later decision has a mail of its own.
    if ((found.account.suspendedUntil?.toISOString() ?? null) !== until) return undefined;
    return { to: await ports.vault.open(emailPlace, found.account.emailSealed), language: found.app.language };
  });
}

export const accountJobs: Pick<OutsideJobHandlers, 'accounts.mailStatus'> = {
  async 'accounts.mailStatus'(outside, decision) {
    const reader = await readerOf(outside, decision);
    if (reader === undefined) return;
    const { decisionId, userId, status, until } = decision;
    const mail = statusMail(reader.language, status, until === null ? null : new Date(until));
    await sendMail(outside, { sourceId: decisionId, userId, kind: 'account_status' }, { to: reader.to, ...mail });
  },
};
