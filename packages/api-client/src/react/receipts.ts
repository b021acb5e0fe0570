import type { Conversation, GroupMember } from '../wire';

/** Whether a member of a group is there to get what somebody else wrote at this place: whom one sees, who was in it by then, and still is. */
const isFor = ({ userId, person, isIn, joinedSeq }: GroupMember, seq: number, senderId: string) =>
  userId !== senderId && person !== null && isIn && joinedSeq < seq;

/** Whom a message in a group was for, as far as one sees them. Who came later is not counted, nor who has left. */
export const recipientsOf = (members: readonly GroupMember[], seq: number, senderId: string): GroupMember[] =>
  members.filter((member) => isFor(member, seq, senderId));

/** How far one's own messages have come to all whom they were for. */
export interface Reach {
  /** What is newer was for somebody; what is not was for nobody who is there. */
  from: number;
  delivered: number;
  read: number;
}

export const nowhere: Reach = { from: 0, delivered: 0, read: 0 };

/** Of a conversation between two: as far as the other one. */
export function reachOfTwo({ members: [, other] }: Conversation): Reach {
  return other ? { from: 0, delivered: other.deliveredSeq, read: other.readSeq } : nowhere;
}

/**
 * Of a group: as far as the last of those whom one sees. Who came later has come at least as far as to where they joined, so they hold back nothing
 * that was sent before.
 */
export function reachOfGroup(members: readonly GroupMember[], me: string): Reach {
  const others = members.filter((member) => isFor(member, Number.POSITIVE_INFINITY, me));
  if (others.length === 0) return nowhere;
  const least = (of: (member: GroupMember) => number | null) => Math.min(...others.map((member) => of(member) ?? 0));
  return {
    from: least(({ joinedSeq }) => joinedSeq),
    delivered: least(({ deliveredSeq }) => deliveredSeq),
    read: least(({ readSeq }) => readSeq),
  };
}
