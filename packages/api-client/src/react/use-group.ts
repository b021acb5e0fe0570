import { useCallback, useMemo, useState } from 'react';
import type { ApiError } from '../errors';
import type { FileToSend, UploadProgress } from '../types';
import type { GroupMember, GroupRole, Person } from '../wire';
import { conversationIs } from './facts/chats';
import { useApiContext } from './provider';
import { recipientsOf } from './receipts';
import { useMembers } from './use-members';
import { usePages } from './use-pages';
import { useStable } from './use-stable';

export interface UseGroupOptions {
  /** Who wrote what is shown, so that also those are known who are not in the group any more. */
  writers?: readonly string[];
}

export interface UseGroupResult {
  /** Who is in it: its owner, then admins, then the others, each by name. */
  members: GroupMember[];
  /** Someone in it, or who has been, as you see them; null where you do not. */
  personOf(userId: string): Person | null;
  /** Whether it is known who somebody is: `personOf` answers null for them also while that is being asked for. */
  isKnown(userId: string): boolean;
  /** Who has read as far as that, of those whom it was for: who came later and whom you do not see are left out. */
  readersOf(seq: number, senderId: string): GroupMember[];
  rename(name: string): Promise<void>;
  /** Gives it a picture. Rejects with `FILE_TYPE_NOT_ALLOWED`, `IMAGE_UNREADABLE`, `GROUP_ROLE_TOO_LOW`, … */
  setPicture(file: FileToSend): Promise<void>;
  removePicture(): Promise<void>;
  /** How far the picture is that was chosen here, from 0 to 1; null while none is on its way. */
  pictureProgress: number | null;
  /** Rejects with `CANNOT_BE_ADDED`, `GROUP_FULL`, … */
  add(userIds: string[]): Promise<void>;
  remove(userId: string): Promise<void>;
  setRole(userId: string, role: GroupRole): Promise<void>;
  leave(): Promise<void>;
  isLoading: boolean;
  error: ApiError | null;
}

/** The service answers for no more at once. */
const mostAsked = 100;
const ranks: Readonly<Record<GroupRole, number>> = { owner: 0, admin: 1, member: 2 };

const inOrder = (one: GroupMember, other: GroupMember) =>
  ranks[one.role] - ranks[other.role] || (one.person?.displayName ?? '').localeCompare(other.person?.displayName ?? '');

/** The people of a group. All of them are loaded, and kept in step. Nothing is loaded while the id is undefined. */
export function useGroup(conversationId: string | undefined, { writers }: UseGroupOptions = {}): UseGroupResult {
  const { client, live } = useApiContext();
  const [pictureProgress, setPictureProgress] = useState<number | null>(null);
  const id = conversationId ?? '';
  const all = useMembers(conversationId);
  const { items, hasMore } = all;

  const unknown = useMemo(() => {
    if (all.isLoading || hasMore || writers === undefined) return [];
    const known = new Set(items.map(({ userId }) => userId));
    return [...new Set(writers)]
      .filter((userId) => !known.has(userId))
      .sort()
      .slice(-mostAsked);
  }, [all.isLoading, hasMore, items, writers]);
  const asked = unknown.length === 0 || conversationId === undefined ? undefined : { conversationId, userIds: unknown, limit: mostAsked };
  const { items: gone } = usePages('groups.members', asked);

  const members = useMemo(() => items.filter(({ isIn }) => isIn).sort(inOrder), [items]);
  // Whoever leaves is known still, while they are asked about as somebody who has left.
  const [known] = useState(() => new Map<string, Person | null>());
  const people = useMemo(() => {
    for (const { userId, person } of [...gone, ...items]) known.set(userId, person);
    return new Map(known);
  }, [gone, items, known]);
  // Not stable ones: what they answer changes with the people.
  const personOf = useCallback((userId: string) => people.get(userId) ?? null, [people]);
  const isKnown = useCallback((userId: string) => people.has(userId), [people]);
  const readersOf = useCallback(
    (seq: number, senderId: string) => recipientsOf(members, seq, senderId).filter(({ readSeq }) => readSeq !== null && readSeq >= seq),
    [members],
  );
  const actions = useStable({
    async rename(name: string) {
      await live.run('groups.update', { conversationId: id, name });
    },
    async setPicture(file: FileToSend) {
      setPictureProgress(0);
      try {
        const onUploadProgress = ({ loaded, total }: UploadProgress) => total && setPictureProgress(Math.min(1, loaded / total));
        const group = await client.groups.setPicture({ conversationId: id, file }, { onUploadProgress });
        live.learn(conversationIs(group));
      } finally {
        setPictureProgress(null);
      }
    },
    async removePicture() {
      await live.run('groups.removePicture', { conversationId: id });
    },
    async add(userIds: string[]) {
      await live.run('groups.addMembers', { conversationId: id, userIds });
    },
    async remove(userId: string) {
      await live.run('groups.removeMember', { conversationId: id, userId });
    },
    async setRole(userId: string, role: GroupRole) {
      await live.run('groups.setRole', { conversationId: id, userId, role });
    },
    async leave() {
      await live.run('groups.leave', { conversationId: id });
    },
  });
  return { members, personOf, isKnown, readersOf, ...actions, pictureProgress, isLoading: all.isLoading, error: all.error };
}
