import { setTimeout as pause } from 'node:timers/promises';
import { seeded, shuffled } from '../rig/random';
import { described, type Fault, type PlannedFault } from './plan';
import type { Platform } from './platform';
import type { Timeline } from './timeline';

/** Lets everything go wrong that is planned, when it is planned. Resolves when all of it is over and mended. */
export async function storm(plan: readonly PlannedFault[], platform: Platform, timeline: Timeline): Promise<void> {
  const { replicas, postgres, rollbacks, redis, front, chatters } = platform;
  /** What has but one process suffers one thing after another. */
  const turns = new Map<object, Promise<void>>();
  const inTurn = (whose: object, task: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(whose) ?? Promise.resolve()).then(task);
    turns.set(whose, turn);
    return turn;
  };

  async function happen(fault: Fault, seed: number): Promise<void> {
    const random = seeded(seed);
    switch (fault.kind) {
      // One at a time, so that somebody is there who tells of it and takes its people over, however long a start takes.
      case 'kill a replica':
        return inTurn(replicas, () => replicas[fault.replica].away('SIGKILL', fault.forMs));
      case 'stop a replica':
        return inTurn(replicas, () => replicas[fault.replica].away('SIGTERM', fault.forMs));
      case 'freeze a replica':
        return replicas[fault.replica].freeze(fault.forMs);
      case 'lose Redis':
        return inTurn(redis, async () => {
          await redis.kill();
          await pause(fault.forMs);
          await redis.start();
          timeline.note('Redis is back, empty');
        });
      case 'freeze Redis':
        return inTurn(redis, async () => {
          redis.freeze();
          await pause(fault.forMs);
          redis.thaw();
          timeline.note('Redis goes on');
        });
      case 'restart PostgreSQL':
        return inTurn(postgres, async () => {
          await postgres.restart();
          timeline.note('PostgreSQL is back');
        });
      case 'crash PostgreSQL':
        return inTurn(postgres, async () => {
          await postgres.crash();
          timeline.note('PostgreSQL is back');
        });
      case 'fail commits':
        return inTurn(postgres, () => rollbacks.failCommits(fault.share, fault.forMs));
      case 'lock logs':
        return inTurn(postgres, () => rollbacks.lockLogs(fault.share, fault.forMs));
      case 'kill backends':
        return inTurn(postgres, async () =>
          timeline.note(`${await rollbacks.killBackends(fault.share)} connections to PostgreSQL were ended`),
        );
      case 'cut sockets':
        front.cut({ share: fault.share, random });
        return;
      case 'hold sockets':
        return front.hold({ share: fault.share, random }, ['there', 'back'], fault.forMs, fault.breaks);
      case 'lose answers':
        return front.hold({ share: fault.share, random }, ['back'], fault.forMs, true);
      case 'delay everything':
        return front.delay({ share: fault.share, random }, fault.delayMs, fault.forMs);
      case 'pause readers': {
        const all = chatters.flatMap(({ devices, conversationIds }) => devices.map((device) => ({ device, conversationIds })));
        const readers = shuffled(random, all).slice(0, fault.readers);
        for (const { device, conversationIds } of readers) device.stopReading(conversationIds[0] ?? '');
        await pause(fault.forMs);
        for (const { device } of readers) device.readOn();
      }
    }
  }

  const began = timeline.now();
  const under: Promise<void>[] = [];
  for (const { at, fault, seed } of plan) {
    await pause(Math.max(0, began + at - timeline.now()));
    timeline.note(described(fault));
    under.push(happen(fault, seed));
  }
  await Promise.all(under);
  front.mend();
}
