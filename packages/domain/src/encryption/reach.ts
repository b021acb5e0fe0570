import { sql } from 'drizzle-orm';
import { directKey } from '../conversations/rules';
import { conversations } from '../conversations/table';
import { rows } from '../db/database';
import { arrayOf } from '../db/written';
import { visibleTo } from '../people/visibility';
import type { Context, Work } from '../pipeline/context';
import { users } from '../users/table';

/**
 * Those of `userIds` to whose devices the caller may encrypt: themselves, and whom they share a conversation between two with and
 * see. `toWrite`: only where they can write to each other now.
 */
export async function withinReach(context: Context, userIds: readonly string[], { toWrite }: { toWrite: boolean }): Promise<Set<string>> {
  const { db, now, caller } = context;
  const me = caller.userId;
  const others = [...new Set(userIds)].filter((id) => id !== me);
  const found =
    others.length === 0
      ? []
      : await rows<{ id: string }>(
          db,
          sql`select asked.id from unnest(${arrayOf(others)}::uuid[], ${arrayOf(others.map((id) => directKey(me, id)))}::text[]) asked (id, direct_key)
            join ${conversations} on conversations.direct_key = asked.direct_key ${toWrite ? sql`and conversations.open` : sql``}
            join ${users} on users.id = asked.id
            where ${visibleTo(me, users.id, now)}`,
        );
  return new Set([...found.map(({ id }) => id), ...(userIds.includes(me) ? [me] : [])]);
}

/** Tells that people have other devices or another identity: each themselves, and those with whom they talk in secret. */
export async function tellKeysChanged(work: Work, ...userIds: readonly string[]): Promise<void> {
  const hearing = await rows<{ userId: string; partnerId: string }>(
    work.db,
    sql`select distinct own.user_id as "userId", other.user_id as "partnerId" from conversation_members own
        join ${conversations} on conversations.id = own.conversation_id and conversations.encrypted_at is not null
        join conversation_members other on other.conversation_id = own.conversation_id and other.user_id <> own.user_id
        join ${users} on users.id = own.user_id
        where own.user_id = any(${arrayOf(userIds)}::uuid[]) and own.left_at is null and ${visibleTo(sql`other.user_id`, users.id, work.now)}`,
  );
  for (const userId of userIds) {
    const partners = hearing.filter((one) => one.userId === userId).map(({ partnerId }) => partnerId);
    work.emit('encryption:keys_changed', [userId, ...partners], { userId });
  }
}
