import type { Bus, Limits, Log, Presence } from '@app/domain';
import { openRedis, type RedisSettings } from './redis';
import { redisBus } from './redis-bus';
import { redisLimits } from './redis-limits';
import { redisPresence } from './redis-presence';

/** What makes several processes one platform. */
export interface Replicas {
  readonly bus: Bus;
  readonly presence: Presence;
  readonly limits: Limits;
  close(): Promise<void>;
}

/** `secret`: what people are counted by is hashed with it. */
export async function openReplicas(settings: RedisSettings, secret: string, log: Log): Promise<Replicas> {
  const redis = await openRedis(settings, log);
  const presence = redisPresence(redis, log);
  const limits = redisLimits(redis, secret, log);
  return {
    bus: redisBus(redis, log),
    presence,
    limits,
    async close() {
      limits.close();
      await presence.close();
      redis.close();
    },
  };
}
