import type { Statistics } from '@app/contracts';
import { sql } from 'drizzle-orm';
import { callParticipants, calls } from '../calls/table';
import { conversationMembers, conversations } from '../conversations/table';
import { rows } from '../db/database';
import { friends } from '../friends/table';
import { matches, swipes } from '../matches/table';
import { visibleTo, writtenWith } from '../people/visibility';
import type { Work } from '../pipeline/context';
import { profiles, profileViews } from '../profiles/table';
import { users } from './table';

type Counts = Omit<Statistics, 'memberSince' | 'callMinutes'> & { readonly callSeconds: number; readonly memberSince: string | Date };

/**
 * What someone has done here, in numbers, in one query. What counts people leaves those out who are not there for the
 * viewer: a number that drops by one would tell of a block. What counts messages and calls never drops.
 */
export async function readStatistics({ db, now }: Work, me: string): Promise<Statistics> {
  const weekAgo = new Date(now.getTime() - 7 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const there = (person: Parameters<typeof visibleTo>[1]) => visibleTo(me, person, now);
  const [counts] = await rows<Counts>(
    db,
    sql`select
      (select count(*)::int from ${swipes} where ${swipes.swiperId} = ${me} and ${swipes.action} <> 'pass') as "likesGiven",
      (select count(*)::int from ${swipes} join ${users} on ${users.id} = ${swipes.swiperId}
        where ${swipes.targetId} = ${me} and ${swipes.action} <> 'pass' and ${there(swipes.swiperId)}) as "likesReceived",
      (select count(*)::int from ${matches} join ${users} on ${users.id} = ${matches.userB}
        where ${matches.userA} = ${me} and ${matches.status} = 'active' and ${there(matches.userB)})
      + (select count(*)::int from ${matches} join ${users} on ${users.id} = ${matches.userA}
        where ${matches.userB} = ${me} and ${matches.status} = 'active' and ${there(matches.userA)}) as "matches",
      (select count(*)::int from ${friends} join ${users} on ${users.id} = ${friends.friendId}
        where ${friends.userId} = ${me} and ${there(friends.friendId)}) as "friends",
      (select count(*)::int from ${conversationMembers} own
        join ${conversationMembers} on ${conversationMembers.conversationId} = own.conversation_id and ${conversationMembers.userId} <> ${me}
        join ${conversations} on ${conversations.id} = own.conversation_id and ${conversations.kind} = 'direct'
        join ${users} on ${users.id} = ${conversationMembers.userId}
        where own.user_id = ${me} and ${writtenWith(me, conversationMembers.userId, now)})
      + (select count(*)::int from ${conversationMembers}
        join ${conversations} on ${conversations.id} = ${conversationMembers.conversationId} and ${conversations.kind} = 'group'
        where ${conversationMembers.userId} = ${me} and ${conversationMembers.leftAt} is null) as "conversations",
      (select coalesce(sum(${conversationMembers.sentCount}), 0)::int from ${conversationMembers}
        where ${conversationMembers.userId} = ${me}) as "messagesSent",
      (select coalesce(sum(${conversationMembers.receivedCount}), 0)::int from ${conversationMembers}
        where ${conversationMembers.userId} = ${me}) as "messagesReceived",
      (select ${profiles.views} from ${profiles} where ${profiles.userId} = ${me}) as "profileViews",
      (select count(*)::int from ${profileViews}
        where ${profileViews.userId} = ${me} and ${profileViews.day} > ${weekAgo}::date) as "profileViewsThisWeek",
      talk.calls as "calls",
      talk.seconds as "callSeconds",
      (select ${users.createdAt} from ${users} where ${users.id} = ${me}) as "memberSince"
      from (
        select count(*)::int as calls, coalesce(sum(extract(epoch from ${calls.endedAt} - ${calls.answeredAt})), 0)::int as seconds
        from ${callParticipants} join ${calls} on ${calls.id} = ${callParticipants.callId}
        where ${callParticipants.userId} = ${me} and ${calls.answeredAt} is not null
      ) talk`,
  );
  if (counts === undefined) throw new Error('A query of counts had no answer.');
  const { callSeconds, memberSince, ...numbers } = counts;
  return { ...numbers, callMinutes: Math.floor(callSeconds / 60), memberSince: new Date(memberSince).toISOString() };
}
