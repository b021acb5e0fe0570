import { defaultClient } from '../default-client';
import type { Realtime } from '../types';

/** The event stream of the client that `configure` set. Throws before that. */
export const realtimeService: Realtime = {
  get status() {
    return defaultClient().realtime.status;
  },
  get place() {
    return defaultClient().realtime.place;
  },
  resumeFrom: (place) => defaultClient().realtime.resumeFrom(place),
  connect: () => defaultClient().realtime.connect(),
  disconnect: () => defaultClient().realtime.disconnect(),
  stayInBackground: () => defaultClient().realtime.stayInBackground(),
  on: (event, listener) => defaultClient().realtime.on(event, listener),
  onStatus: (listener) => defaultClient().realtime.onStatus(listener),
  onReset: (listener) => defaultClient().realtime.onReset(listener),
  emit: async (signal, data) => defaultClient().realtime.emit(signal, data),
};
