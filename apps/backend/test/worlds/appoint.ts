import type { Role } from '@app/contracts';
import { accountsTopic, type Platform, tables } from '@app/domain';
import { eq } from 'drizzle-orm';

/** Gives someone a role, as whoever sets a platform up gives the first one: behind every door. */
export async function appoint({ kernel }: Platform, userId: string, role: Role): Promise<void> {
  await kernel.database.db.update(tables.users).set({ role }).where(eq(tables.users.id, userId));
  kernel.ports.bus.publish(accountsTopic, { kind: 'account', userId });
}
