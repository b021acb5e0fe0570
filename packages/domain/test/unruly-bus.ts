import { type Bus, type BusMessage, localBus } from '../src';

/** A bus that can be told to hold what it is given, and to let it go in another order, or never. */
export interface UnrulyBus extends Bus {
  /** From now on events are kept back. */
  hold(): void;
  /** Lets go of what was kept back, in the order that `arrange` answers, and holds nothing any more. */
  release(arrange?: (held: BusMessage[]) => BusMessage[]): void;
}

export function unrulyBus(): UnrulyBus {
  const bus = localBus((error) => {
    throw error;
  });
  let held: { topic: string; message: BusMessage }[] | undefined;
  return {
    ...bus,
    publish(topic, message) {
      if (held !== undefined && message.kind === 'frame') held.push({ topic, message });
      else bus.publish(topic, message);
    },
    hold() {
      held = [];
    },
    release(arrange = (messages) => messages) {
      const kept = held ?? [];
      held = undefined;
      for (const message of arrange(kept.map((one) => one.message))) {
        const topic = kept.find((one) => one.message === message)?.topic;
        if (topic !== undefined) bus.publish(topic, message);
      }
    },
  };
}
