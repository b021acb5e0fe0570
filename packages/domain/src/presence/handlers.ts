import { api } from '@app/contracts';
import { implement } from '../pipeline/implement';
import { statesOf } from './rules';

export const presenceImplementation = implement(api.presence, {
  of: async (context, { userIds }) => ({ items: await statesOf(context, context.caller.userId, userIds) }),
});
