import { and, asc, eq, sql } from 'drizzle-orm';
import { callParticipants, calls } from '../calls/table';
import { conversationMembers } from '../conversations/table';
import { messages } from '../messages/table';
import { reportEntries, reports } from '../reports/table';
import { readMe } from '../users/accounts';
import type { Section } from './decision';

/** The account as its owner sees it, its sealed columns opened. */
export const account: Section = {
  name: 'account',
  read: async (work, userId) => ({ items: [{ ...(await readMe(work, userId)) }], after: null }),
};

/** What someone wrote, conversation by conversation: what others wrote to them is theirs. */
export const messagesSent: Section = {
  name: 'messages',
  async read({ db }, userId, after, limit) {
    const found = await db
      .select({ message: messages })
      .from(conversationMembers)
      .innerJoin(messages, eq(messages.conversationId, conversationMembers.conversationId))
      .where(
        and(
          eq(conversationMembers.userId, userId),
          eq(messages.senderId, userId),
          after === null ? undefined : sql`(${messages.conversationId}, ${messages.seq}) > (${after[0]}::uuid, ${after[1]}::int)`,
        ),
      )
      .orderBy(asc(messages.conversationId), asc(messages.seq))
      .limit(limit);
    const last = found.at(-1)?.message;
    return {
      items: found.map(({ message: { conversationId, text, envelope, mediaId, createdAt, editedAt, deletedAt } }) => ({
        conversationId,
        text,
        // What the service has of it: the text is on their devices alone.
        ...(envelope && { envelope }),
        mediaId,
        createdAt,
        editedAt,
        deletedAt,
      })),
      after: found.length === limit && last !== undefined ? [last.conversationId, last.seq] : null,
    };
  },
};

/** What someone reported others for, each time they did. */
export const reportsMade: Section = {
  name: 'reports',
  async read({ db }, userId, after, limit) {
    const found = await db
      .select({
        id: reportEntries.id,
        reportedId: reports.reportedId,
        entry: reportEntries,
        status: reports.status,
        outcome: reports.outcome,
      })
      .from(reports)
      .innerJoin(reportEntries, eq(reportEntries.reportId, reports.id))
      .where(and(eq(reports.reporterId, userId), after === null ? undefined : sql`${reportEntries.id} > ${after[0]}::uuid`))
      .orderBy(asc(reportEntries.id))
      .limit(limit);
    const last = found.at(-1);
    return {
      items: found.map(({ reportedId, entry: { category, text, createdAt }, status, outcome }) => ({
        userId: reportedId,
        category,
        text,
        createdAt,
        status,
        outcome,
      })),
      after: found.length === limit && last !== undefined ? [last.id] : null,
    };
  },
};

/** The calls that someone was in. */
export const callsOf: Section = {
  name: 'calls',
  async read({ db }, userId, after, limit) {
    const found = await db
      .select({ call: calls })
      .from(callParticipants)
      .innerJoin(calls, eq(calls.id, callParticipants.callId))
      .where(and(eq(callParticipants.userId, userId), after === null ? undefined : sql`${callParticipants.callId} > ${after[0]}::uuid`))
      .orderBy(asc(callParticipants.callId))
      .limit(limit);
    const last = found.at(-1)?.call;
    return {
      items: found.map(({ call: { id, type, state, callerId, calleeId, createdAt, answeredAt, endedAt } }) => ({
        id,
        type,
        state,
        direction: callerId === userId ? 'outgoing' : 'incoming',
        userId: callerId === userId ? calleeId : callerId,
        createdAt,
        answeredAt,
        endedAt,
      })),
      after: found.length === limit && last !== undefined ? [last.id] : null,
    };
  },
};
