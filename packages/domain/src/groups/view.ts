import type { Conversation } from '@app/contracts';
import { findConversation, presentOne } from '../conversations/rules';
import { tellMembers } from '../conversations/tell';
import type { Context } from '../pipeline/context';

/** Tells everyone in the group how it stands, and answers how the caller sees it. */
export async function asItStands(context: Context<never>, conversationId: string): Promise<Conversation> {
  await tellMembers(context, conversationId);
  return asSeen(context, conversationId);
}

export async function asSeen(context: Context<never>, conversationId: string): Promise<Conversation> {
  const own = await findConversation(context, context.caller.userId, conversationId);
  if (own === undefined) throw new Error(`The group ${conversationId} is not there for who changed it.`);
  return presentOne(context, own);
}
