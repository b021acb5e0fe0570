import { erasureDays } from '@app/contracts';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { audit } from '../audit/audit';
import { callParticipants, calls } from '../calls/table';
import { conversationMembers, conversations } from '../conversations/table';
import { type Db, rows } from '../db/database';
import { messages } from '../messages/table';
import type { Work } from '../pipeline/context';
import { users } from '../users/table';
import { decisions } from './decisions';

const erasureMs = erasureDays * 24 * 60 * 60 * 1000;
/** So many rows are taken away in one transaction, so that nobody waits for it. */
const rowsATime = 2_000;

/** When an account that was deleted then is erased for good. */
export function erasedAfter(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + erasureMs);
}

/** What is left of an account: its id, that it is deleted, and since when it was there. */
export const tombstone = {
  emailSealed: null,
  emailHash: null,
  emailVerifiedAt: null,
  phoneSealed: null,
  phoneHash: null,
  phoneVerifiedAt: null,
  passwordHash: null,
  role: 'user',
  suspendedUntil: null,
} as const satisfies Partial<typeof users.$inferInsert>;

async function dropSome(db: Db, table: PgTable, where: SQL, limit: number): Promise<number> {
  const gone = await rows(
    db,
    sql`with doomed as (select ctid from ${table} where ${where} limit ${limit})
        delete from ${table} where ctid = any (array(select ctid from doomed)) returning 1 as gone`,
  );
  return gone.length;
}

/** Conversations and calls that nobody is left of. */
async function dropUnowned(db: Db, userId: string, limit: number): Promise<number> {
  const someoneIsLeft = (ids: SQL) =>
    sql`exists (select 1 from ${users} where ${users.id} in (${ids}) and ${users.erasedAt} is null and ${users.id} <> ${userId})`;
  const talks = sql`${conversations.id} in (select ${conversationMembers.conversationId} from ${conversationMembers} where ${conversationMembers.userId} = ${userId})
    and not ${someoneIsLeft(sql`select m.user_id from ${conversationMembers} m where m.conversation_id = ${conversations.id}`)}`;
  const said = sql`${messages.conversationId} in (select ${conversations.id} from ${conversations} where ${talks})`;
  const rang = sql`${calls.id} in (select ${callParticipants.callId} from ${callParticipants} where ${callParticipants.userId} = ${userId})
    and not ${someoneIsLeft(sql`${calls.callerId}, ${calls.calleeId}`)}`;
  let gone = 0;
  // What was said first: nothing else would know where it was said.
  for (const [table, where] of [
    [messages, said],
    [conversations, talks],
    [calls, rang],
  ] as const) {
    gone += await dropSome(db, table, where, limit - gone);
    if (gone >= limit) return gone;
  }
  return gone;
}

/** Takes away what is to go of someone, at most so much. Answers how much there was. */
async function takeAway(work: Work, userId: string): Promise<number> {
  let gone = 0;
  for (const { table, erasure } of Object.values(decisions)) {
    if ('keep' in erasure) continue;
    if ('takeAway' in erasure) {
      gone += await erasure.takeAway(work, userId, rowsATime - gone);
      if (gone >= rowsATime) return gone;
      continue;
    }
    await erasure.first?.(work, userId);
    for (const column of erasure.deleteBy) {
      gone += await dropSome(work.db, table, eq(column, userId), rowsATime - gone);
      if (gone >= rowsATime) return gone;
    }
  }
  return gone + (await dropUnowned(work.db, userId, rowsATime - gone));
}

/**
 * Erases an account whose time after its deletion is over, or goes on with it. Does nothing for one that is not deleted, was
 * deleted again later, or is erased.
 */
export async function erase(work: Work, userId: string): Promise<void> {
  const [account] = await work.db
    .select({ deletedAt: users.deletedAt })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.status, 'deleted'), isNull(users.erasedAt)))
    .for('update');
  if (account?.deletedAt == null || erasedAfter(account.deletedAt) > work.now) return;
  if ((await takeAway(work, userId)) >= rowsATime) {
    work.enqueue('accounts.erase', { userId });
    return;
  }
  await work.db
    .update(users)
    .set({ ...tombstone, erasedAt: work.now })
    .where(eq(users.id, userId));
  await audit(work, { actorId: null, action: 'account.erased', subjectType: 'user', subjectId: userId });
}
