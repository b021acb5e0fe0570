import { defaultClient } from '../default-client';
import type { Outbox } from '../types';

/** The unsent messages of the client that `configure` set. Throws before that. */
export const outboxService: Outbox = {
  send: (message) => defaultClient().outbox.send(message),
  list: (conversationId) => defaultClient().outbox.list(conversationId),
  subscribe: (listener) => defaultClient().outbox.subscribe(listener),
  onSent: (listener) => defaultClient().outbox.onSent(listener),
  retry: (clientId) => defaultClient().outbox.retry(clientId),
  discard: (clientId) => defaultClient().outbox.discard(clientId),
};
