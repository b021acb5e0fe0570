import type { Language } from '@app/contracts';
import { and, eq, isNull } from 'drizzle-orm';
import type { JobHandlers, OutsideJobHandlers, OutsideWork } from '../jobs/queue';
import { preferences, users } from '../users/table';
import { goBySms, noteSent } from './delivery';
import { sendReset } from './links';
import { codeOf, linkTokenOf, type OneTimeCode, targetPlace } from './one-time';
import { oneTimeCodes } from './table';
import { codeMail, codeText, linkMail } from './texts';

/** The name by which the vault knows the email in a job. */
export const resetPlace = 'auth.mailReset.email';

interface Ready {
  readonly row: OneTimeCode;
  readonly to: string;
  readonly language: Language;
}

/** The code as it is to be sent now; `undefined` for one that was sent, used, or is over. */
function readyToSend({ read, ports }: OutsideWork, codeId: string): Promise<Ready | undefined> {
  return read(async ({ db, now }) => {
    const [row] = await db
      .select()
      .from(oneTimeCodes)
      .where(and(eq(oneTimeCodes.id, codeId), eq(oneTimeCodes.delivery, 'waiting'), isNull(oneTimeCodes.usedAt)));
    if (row === undefined || row.expiresAt <= now) return undefined;
    // Who has an account is written to in the language that they have set.
    const hash = row.channel === 'email' ? users.emailHash : users.phoneHash;
    const [known] = await db
      .select({ app: preferences.app })
      .from(preferences)
      .innerJoin(users, eq(users.id, preferences.userId))
      .where(row.userId === null ? eq(hash, row.targetHash) : eq(users.id, row.userId));
    return { row, to: await ports.vault.open(targetPlace, row.targetSealed), language: known?.app.language ?? row.language };
  });
}

async function send(outside: OutsideWork, { row, to, language }: Ready): Promise<string | null> {
  const { ports, settings } = outside;
  const { vault } = ports;
  if (row.purpose === 'verify_email' || row.purpose === 'reset_password') {
    const token = await linkTokenOf(vault, row.id);
    await ports.mail.send({ ...linkMail(language, row.purpose, token, settings.publicBaseUrl), to, id: row.id });
    return null;
  }
  const code = await codeOf(vault, row.id);
  if (row.channel === 'email') {
    await ports.mail.send({ ...codeMail(language, code), to, id: row.id });
    return null;
  }
  const { id } =
    row.channel === 'sms'
      ? await ports.sms.send({ to, text: codeText(language, code), code })
      : await ports.whatsApp.sendCode({ to, code, language });
  return id;
}

export const authOutsideJobs: Pick<OutsideJobHandlers, 'auth.sendCode'> = {
  async 'auth.sendCode'(outside, { codeId }) {
    const ready = await readyToSend(outside, codeId);
    if (ready === undefined) return;
    let providerId: string | null;
    try {
      providerId = await send(outside, ready);
    } catch (error) {
      if (ready.row.channel !== 'whatsapp') throw error;
      outside.log.warn({ err: error, codeId }, 'WhatsApp did not take a code, it goes by SMS');
      await outside.transact((work) => goBySms(work, codeId));
      return;
    }
    const provider = ready.row.channel === 'whatsapp' ? 'whatsapp' : 'twilio';
    await outside.transact((work) => noteSent(work, codeId, provider, providerId));
  },
};

export const authJobs: Pick<JobHandlers, 'auth.mailReset'> = {
  async 'auth.mailReset'(work, { emailSealed }) {
    await sendReset(work, await work.ports.vault.open(resetPlace, emailSealed));
  },
};
