import type { DebugEntry, Unsubscribe } from './types';

/** Takes note of what the client does. It never throws. */
export type Debug = (entry: DebugEntry) => void;

/** Turns the setting `debug` into one function. Faults are reported to the platform when nobody else listens for them. */
export function createDebug(setting: boolean | Debug | undefined): Debug {
  if (typeof setting === 'function') return setting;
  if (setting) {
    return ({ kind, message, error }) => {
      // biome-ignore lint/suspicious/noConsole: it is what `debug: true` asks for
      console.debug(`[api-client] ${kind}: ${message}`, ...(error === undefined ? [] : [error]));
    };
  }
  return ({ kind, error }) => {
    if (kind === 'fault') (globalThis as { reportError?: (error: unknown) => void }).reportError?.(error);
  };
}

export interface Listeners<Args extends unknown[]> {
  add(listener: (...args: Args) => void): Unsubscribe;
  tell(...args: Args): void;
}

/** Functions to be told of something, in the order they came. One that throws does not keep it from the others. */
export function createListeners<Args extends unknown[]>(about: string, debug: Debug): Listeners<Args> {
  const listeners = new Set<{ listener: (...args: Args) => void }>();
  return {
    add(listener) {
      const entry = { listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    tell(...args) {
      for (const { listener } of [...listeners]) {
        try {
          listener(...args);
        } catch (error) {
          debug({ kind: 'fault', message: `a listener of ${about} threw`, error });
        }
      }
    },
  };
}
