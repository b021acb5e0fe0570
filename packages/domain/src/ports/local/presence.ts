import { presenceGraceSeconds } from '@app/contracts';
import type { Attendance, Presence } from '..';

export interface LocalPresenceOptions {
  /** Default: `presenceGraceSeconds`. */
  readonly graceMs?: number;
  /** In milliseconds. Default: the system's clock. */
  readonly now?: () => number;
}

/** More than this many who left are gone through for those whose grace time is over. */
const mostLeft = 1_000;

/** Who is connected to this process. */
export function localPresence({ graceMs = presenceGraceSeconds * 1000, now = Date.now }: LocalPresenceOptions = {}): Presence {
  const connections = new Map<string, Set<string>>();
  /** When the last connection of someone ended. */
  const left = new Map<string, number>();

  function forgetLongGone(): void {
    // In the order in which they left.
    for (const [userId, at] of left) {
      if (now() - at < graceMs) return;
      left.delete(userId);
    }
  }

  function attendanceOf(userId: string): Attendance {
    if (connections.has(userId)) return 'here';
    const at = left.get(userId);
    return at !== undefined && now() - at < graceMs ? 'just_left' : 'away';
  }

  return {
    joined(userId, connectionId) {
      const ofUser = connections.get(userId) ?? new Set();
      connections.set(userId, ofUser);
      ofUser.add(connectionId);
      left.delete(userId);
    },
    left(userId, connectionId) {
      const ofUser = connections.get(userId);
      if (ofUser?.delete(connectionId) !== true || ofUser.size > 0) return;
      connections.delete(userId);
      left.delete(userId);
      left.set(userId, now());
      if (left.size > mostLeft) forgetLongGone();
    },
    isConnected: (userId) => connections.has(userId),
    attendance: (userIds) => new Map(userIds.map((userId) => [userId, attendanceOf(userId)])),
    graceMs,
    onToldLate: () => undefined,
    onVanished: () => undefined,
  };
}
