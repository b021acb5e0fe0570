import { api, type OutboxMessage } from '@app/contracts';
import { implement } from '../pipeline/implement';

export const developmentImplementation = implement(api.development, {
  async outbox(context, { to }) {
    const { outbox } = context.ports;
    if (outbox === null) throw context.fail('UNKNOWN_ENDPOINT');
    const entries = outbox.entries.filter((entry) => to === undefined || entry.to === to);
    return { items: entries.map(({ data: _, ...entry }): OutboxMessage => entry) };
  },
});
