/** Every table of the platform. */
export { sessions } from '../auth/table';
export { callParticipants, calls } from '../calls/table';
export { conversationMembers, conversations } from '../conversations/table';
export { jobs } from '../jobs/table';
export { matches, swipes } from '../matches/table';
export { messages } from '../messages/table';
export { blocks } from '../people/table';
export { idempotencyKeys } from '../pipeline/table';
export { profiles } from '../profiles/table';
export { syncHeads, syncLog } from '../sync/table';
export { preferences, users } from '../users/table';
