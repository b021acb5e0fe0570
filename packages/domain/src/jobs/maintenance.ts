import { auditRetentionDays, syncRetentionDays } from '@app/contracts';
import { and, eq, exists, lt, not, sql } from 'drizzle-orm';
import { expireAudit } from '../audit/audit';
import { expireDevices } from '../auth/devices';
import { expireCodes } from '../auth/one-time';
import { sessions } from '../auth/table';
import { expireEncryptionDevices } from '../encryption/device';
import { encryptionDevices } from '../encryption/table';
import { expireFriendRequests } from '../friends/rules';
import { expireLimits } from '../limits/database-limits';
import { expireVersions } from '../messages/versions';
import { expireNotifications } from '../notifications/expire';
import { expireExports } from '../personal-data/export';
import { expireIdempotencyKeys } from '../pipeline/idempotency';
import { expireViews } from '../profiles/views';
import { expireLog } from '../sync/log';
import { expireWebhookEvents } from '../webhooks/events';
import type { JobHandlers } from './queue';

const dayMs = 24 * 60 * 60 * 1000;

/** The hour of the day, in UTC, at which copies are compared with what they are copied from. */
const mendingHour = 3;

/** Drops what nobody needs any more. */
export const maintenanceJobs: Pick<JobHandlers, 'maintenance.expire'> = {
  async 'maintenance.expire'(work) {
    const { db, now } = work;
    await expireLog(db, new Date(now.getTime() - syncRetentionDays * dayMs));
    await expireAudit(work, new Date(now.getTime() - auditRetentionDays * dayMs));
    await expireFriendRequests(work);
    await expireIdempotencyKeys(db, now);
    await expireExports(db, now);
    await expireVersions(work);
    await expireNotifications(db, now);
    await work.ports.jobs.expire(db, now);
    await expireCodes(db, now);
    await expireDevices(db, now);
    await expireLimits(db, now);
    await expireWebhookEvents(db, now);
    await expireViews(db, now);
    // Of a device that can be encrypted to it is told that it is gone, before its session is.
    if (await expireEncryptionDevices(work)) work.enqueue('maintenance.expire', {});
    const isDevice = exists(db.select({ one: sql`1` }).from(encryptionDevices).where(eq(encryptionDevices.sessionId, sessions.id)));
    await db.delete(sessions).where(and(lt(sessions.expiresAt, now), not(isDevice)));
    if (now.getUTCHours() === mendingHour) work.enqueue('discovery.rebuild', { after: null });
  },
};
