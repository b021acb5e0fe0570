import { sql } from 'drizzle-orm';
import { directKey } from '../conversations/rules';
import { conversations } from '../conversations/table';
import { rows } from '../db/database';
import { arrayOf } from '../db/written';
import { viewersOf } from '../people/people';
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

/** Tells that somebody has other devices or another identity: themselves, and those with whom they talk in secret. */
export async function tellKeysChanged(work: Work, userId: string): Promise<void> {
  const partners = await rows<{ id: string }>(
    work.db,
    sql`select other.user_id as id from conversation_members own
        join ${conversations} on conversations.id = own.conversation_id and conversations.encrypted_at is not null
        join conversation_members other on other.conversation_id = own.conversation_id and other.user_id <> own.user_id
        where own.user_id = ${userId} and own.left_at is null`,
  );
  const hearing = await viewersOf(
    work,
    userId,
    partners.map(({ id }) => id),
  );
  work.emit('encryption:keys_changed', [userId, ...hearing], { userId });
}
