import type { Bus, BusMessage } from '..';

/** A bus within one process, where everybody hears everything. A listener that throws does not keep others from hearing. */
export function localBus(onListenerError: (error: unknown) => void): Bus {
  const listeners = new Map<string, Set<(message: BusMessage) => void>>();
  return {
    publish(topic, message) {
      for (const listener of listeners.get(topic) ?? []) {
        try {
          listener(message);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    subscribe(topic, listener) {
      const ofTopic = listeners.get(topic) ?? new Set();
      listeners.set(topic, ofTopic);
      ofTopic.add(listener);
      return () => {
        ofTopic.delete(listener);
        if (ofTopic.size === 0 && listeners.get(topic) === ofTopic) listeners.delete(topic);
      };
    },
    heard: () => undefined,
    isShared: false,
    isCut: false,
    onMended: () => undefined,
  };
}
