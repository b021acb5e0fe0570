import { randomUUID } from 'node:crypto';
import type { Me, Message } from '@app/contracts';
import { webCryptoVault } from '@app/domain';
import postgres from 'postgres';
import type { RawAnswers } from './raw-server';

/** Somebody writes here, and nothing is answered, pinned or reacted to. */
const unadorned = {
  kind: 'text' as const,
  envelope: null,
  system: null,
  media: null,
  replyTo: null,
  pinnedAt: null,
  revision: 0,
  reactions: [],
  ownReaction: null,
};

interface MessageRow extends Omit<Message, keyof typeof unadorned | 'createdAt' | 'editedAt' | 'deletedAt'> {
  createdAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
}

function present(row: MessageRow): Message {
  return {
    ...row,
    ...unadorned,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

function ageOn(birthDate: string, now: Date): number {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const hadBirthday = now.getUTCMonth() + 1 > month || (now.getUTCMonth() + 1 === month && now.getUTCDate() >= day);
  return now.getUTCFullYear() - year - (hadBirthday ? 0 : 1);
}

/**
 * The three answers in SQL written by hand for them, with the guarantees of the platform: who is not a member or is not shown the other one
 * finds nothing, messages of a conversation are numbered without gaps, one that is sent twice stands once, and each member's
 * log gets the event, all of it in one durable transaction.
 */
export function handWritten(url: string, poolSize: number, secret: string): RawAnswers & { close(): Promise<void> } {
  // What is sealed is opened here too: both sides keep emails equally well.
  const vault = webCryptoVault({ sealing: [secret], lookup: secret });
  const sql = postgres(url, { max: poolSize, onnotice: () => undefined });

  /** The other member, as far as `userId` is shown them. */
  async function otherMember(db: postgres.ISql, userId: string, conversationId: string): Promise<string> {
    const [found] = await db<{ other: string }[]>`
      select other.user_id as other
      from conversation_members own
      join conversation_members other on other.conversation_id = own.conversation_id and other.user_id <> own.user_id
      join users on users.id = other.user_id
      where own.conversation_id = ${conversationId} and own.user_id = ${userId}
        and (users.status = 'active' or (users.status = 'suspended' and users.suspended_until <= now()))
        and not exists (
          select 1 from blocks
          where (blocker_id, blocked_id) in ((own.user_id, other.user_id), (other.user_id, own.user_id))
        )`;
    if (found === undefined) throw new Error('There is no such conversation.');
    return found.other;
  }

  return {
    async me(userId) {
      const [row] = await sql<(Omit<Me, 'age' | 'createdAt' | 'birthDate'> & { birthDate: string; createdAt: Date })[]>`
        select u.id, u.email_sealed as email, u.email_verified_at is not null as "emailVerified",
          null as phone, u.password_hash is not null as "hasPassword", u.role, u.status, p.display_name as "displayName", p.birth_date::text as "birthDate", p.gender,
          u.created_at as "createdAt"
        from users u join profiles p on p.user_id = u.id where u.id = ${userId}`;
      if (row === undefined) throw new Error('There is no such account.');
      const email = row.email === null ? null : await vault.open('users.email', row.email);
      return { ...row, email, age: ageOn(row.birthDate, new Date()), createdAt: row.createdAt.toISOString() };
    },

    async history(userId, conversationId, limit, cursor) {
      await otherMember(sql, userId, conversationId);
      const before = cursor === undefined ? 2_147_483_647 : Number(cursor);
      const rows = await sql<MessageRow[]>`
        select id, conversation_id as "conversationId", seq, sender_id as "senderId", client_id as "clientId", text,
          created_at as "createdAt", edited_at as "editedAt", deleted_at as "deletedAt"
        from messages where conversation_id = ${conversationId} and seq < ${before} order by seq desc limit ${limit + 1}`;
      const kept = rows.slice(0, limit);
      return { items: kept.map(present), nextCursor: rows.length > limit ? String(kept.at(-1)?.seq) : null, previousCursor: null };
    },

    async send(userId, { conversationId, clientId, text }) {
      const now = new Date();
      return sql.begin(async (tx) => {
        const [conversation] = await tx<{ seq: number; open: boolean }[]>`
          select last_seq + 1 as seq, open from conversations where id = ${conversationId} for update`;
        if (conversation === undefined || !conversation.open) throw new Error('There is no such conversation.');
        const other = await otherMember(tx, userId, conversationId);
        const message = {
          id: randomUUID(),
          conversationId,
          seq: conversation.seq,
          senderId: userId,
          clientId,
          text,
          ...unadorned,
          createdAt: now.toISOString(),
          editedAt: null,
          deletedAt: null,
        };
        const [written] = await tx`
          with sent as (
            insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
            values (${message.id}, ${conversationId}, ${message.seq}, ${userId}, ${clientId}, ${text}, ${now})
            on conflict (conversation_id, sender_id, client_id) do nothing returning seq
          ), numbered as (
            update conversations set last_seq = sent.seq from sent where id = ${conversationId}
          ), counted as (
            update conversation_members
            set last_activity_at = ${now}, unread_count = unread_count + case when user_id = ${userId} then 0 else 1 end
            from sent where conversation_id = ${conversationId}
          ), heads as (
            select user_id from sync_heads where user_id in (${userId}, ${other}) order by user_id for update
          ), moved as (
            update sync_heads set seq = sync_heads.seq + 1 from heads, sent
            where sync_heads.user_id = heads.user_id returning sync_heads.user_id, sync_heads.seq
          ), logged as (
            insert into sync_log (user_id, seq, event, data, created_at)
            select user_id, seq, 'message:created', ${JSON.stringify({ message })}, ${now} from moved
          )
          select seq from sent`;
        if (written !== undefined) return message;
        const [first] = await tx<MessageRow[]>`
          select id, conversation_id as "conversationId", seq, sender_id as "senderId", client_id as "clientId", text,
            created_at as "createdAt", edited_at as "editedAt", deleted_at as "deletedAt"
          from messages where conversation_id = ${conversationId} and sender_id = ${userId} and client_id = ${clientId}`;
        if (first === undefined) throw new Error('The first message is not there.');
        return present(first);
      });
    },

    close: () => sql.end({ timeout: 5 }),
  };
}
