import { type Platform, tables } from '@app/domain';
import { asc, eq } from 'drizzle-orm';
import type { EventFrame } from './socket';

/** Everything that was ever written to someone's log, whether or not a device would still be told of it. */
export async function logOf({ kernel }: Platform, userId: string): Promise<EventFrame[]> {
  const found = await kernel.database.db
    .select({ seq: tables.syncLog.seq, event: tables.syncLog.event, data: tables.syncLog.data })
    .from(tables.syncLog)
    .where(eq(tables.syncLog.userId, userId))
    .orderBy(asc(tables.syncLog.seq));
  return found.map(({ seq, event, data }) => ({ seq, event, data: JSON.parse(data) as unknown }) as EventFrame);
}
