import { defaultClient } from '../default-client';
import type { Realtime } from '../types';

/** The event stream of the client that `configure` set. Throws before that. */
export const realtimeService: Realtime = {
  get status() {
    return defaultClient().realtime.status;
  },
  connect: () => defaultClient().realtime.connect(),
  disconnect: () => defaultClient().realtime.disconnect(),
  on: (event, listener) => defaultClient().realtime.on(event, listener),
  onStatus: (listener) => defaultClient().realtime.onStatus(listener),
  onReset: (listener) => defaultClient().realtime.onReset(listener),
  emit: async (signal, data) => defaultClient().realtime.emit(signal, data),
};
