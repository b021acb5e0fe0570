import { isPhoneNumber, type RegistrationTicket, ticketSeconds } from '@app/contracts';
import * as z from 'zod';
import { equalInConstantTime, fromBase64Url, toBase64Url } from '../encoding';
import type { Context, Work } from '../pipeline/context';
import type { ProvenIdentity } from '../ports';

/** What somebody has proven who has no account yet. Proven: an email, a number, an account at a provider. */
export interface Proof {
  readonly email: string | null;
  readonly phone: string | null;
  readonly identity: Pick<ProvenIdentity, 'provider' | 'subject' | 'via'> | null;
}

const Ticket = z.strictObject({
  email: z.string().nullable(),
  phone: z.string().refine(isPhoneNumber).nullable(),
  identity: z.strictObject({ provider: z.literal('firebase'), subject: z.string(), via: z.string() }).nullable(),
  /** In milliseconds. */
  expiresAt: z.int(),
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const seal = ({ ports }: Pick<Work, 'ports'>, content: string) => ports.vault.lookup('auth.ticket', content);

/** Writes a proof down so that its holder can bring it back. It can be read by them, and not changed. */
export async function writeTicket(work: Work, proof: Proof): Promise<RegistrationTicket> {
  const expiresAt = work.now.getTime() + ticketSeconds * 1000;
  const content = toBase64Url(encoder.encode(JSON.stringify({ ...proof, expiresAt } satisfies z.infer<typeof Ticket>)));
  return { ticket: `${content}.${await seal(work, content)}`, expiresAt: new Date(expiresAt).toISOString() };
}

/** What a ticket proves. It can be brought once: then its email, number or identity has an account. */
export async function readTicket(context: Context<'TICKET_INVALID', unknown>, ticket: string): Promise<Proof> {
  const [content = '', mark = '', ...rest] = ticket.split('.');
  const bytes = fromBase64Url(content);
  if (rest.length > 0 || bytes === undefined || !equalInConstantTime(mark, await seal(context, content)))
    throw context.fail('TICKET_INVALID');
  const { expiresAt, ...proof } = Ticket.parse(JSON.parse(decoder.decode(bytes)));
  if (expiresAt <= context.now.getTime()) throw context.fail('TICKET_INVALID');
  return proof;
}
