import type * as tables from '../db/schema';
import type { TableDecision } from './decision';
import { accountDecisions } from './decisions/account';
import { conversationDecisions } from './decisions/conversations';
import { peopleDecisions } from './decisions/people';
import { platformDecisions } from './decisions/platform';
import { safetyDecisions } from './decisions/safety';

/**
 * Every table, and what is done with it about a person: what goes when their account is erased, and what a copy of everything
 * held about them says of it. A table without a decision does not compile; a column that refers to an account and is not
 * named here fails a test.
 */
export const decisions: Readonly<Record<keyof typeof tables, TableDecision>> = {
  ...accountDecisions,
  ...peopleDecisions,
  ...conversationDecisions,
  ...safetyDecisions,
  ...platformDecisions,
};
