import type { Presence } from '..';

/** Who is connected to this process. */
export function localPresence(): Presence {
  const connections = new Map<string, Set<string>>();
  return {
    joined(userId, connectionId) {
      const ofUser = connections.get(userId) ?? new Set();
      connections.set(userId, ofUser);
      ofUser.add(connectionId);
    },
    left(userId, connectionId) {
      const ofUser = connections.get(userId);
      ofUser?.delete(connectionId);
      if (ofUser?.size === 0) connections.delete(userId);
    },
    isConnected: (userId) => connections.has(userId),
    onVanished: () => undefined,
  };
}
