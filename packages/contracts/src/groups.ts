import * as z from 'zod';
import { Conversation } from './conversations';
import { endpoint } from './core/endpoint';
import { event } from './core/event';
import { GroupRole } from './group-roles';
import { photoUpload } from './own-photos';
import { Person } from './people';
import { Done, Id, page, pageFields, Timestamp } from './primitives';
import { sampleGroup, sampleIds, samplePeople } from './samples';
import { GroupName } from './system-notes';

/** Most people in a group: each of them gets each of its messages. */
export const maxGroupMembers = 256;
/** Most people who can be asked for by their ids at once. */
export const maxMembersAsked = 100;

const ConversationId = Id.meta({ examples: [sampleIds.group] });
const params = { conversationId: ConversationId };
const member = { ...params, userId: Id.meta({ examples: [sampleIds.ben] }) };

/** Someone in a group, as another member sees them. */
export const GroupMember = z
  .object({
    userId: Id.meta({ examples: [sampleIds.ben] }),
    person: Person.nullable().meta({
      description: 'Null where you do not see them: one of you has blocked the other, or their account is gone or suspended.',
      examples: [samplePeople.ben],
    }),
    role: GroupRole,
    joinedAt: Timestamp.meta({ description: 'When they were last added.', examples: ['2026-01-14T18:02:11.000Z'] }),
    isIn: z.boolean().meta({ description: 'False once they left or were removed.', examples: [true] }),
    joinedSeq: z.int().meta({
      description:
        '`seq` of the newest message when they were last added. What came up to there was not for them, and is no matter of receipts.',
      examples: [0],
    }),
    readSeq: z
      .int()
      .nullable()
      .meta({ description: '`seq` of the newest message they have read; null where you do not see them.', examples: [12] }),
    deliveredSeq: z
      .int()
      .nullable()
      .meta({
        description:
          '`seq` of the newest message that has reached a device of theirs, never less than `readSeq`; null where you do not see them.',
        examples: [13],
      }),
  })
  .meta({ id: 'GroupMember', description: 'Someone in a group, as another member sees them.' });
export interface GroupMember extends z.infer<typeof GroupMember> {}

const userIds = z
  .array(Id)
  .min(1)
  .max(maxGroupMembers - 1)
  .meta({ description: 'People you are matched or friends with. Who is in it already stays.', examples: [[sampleIds.ben]] });

const Group = Conversation.meta({ examples: [sampleGroup] });

export const groups = {
  create: endpoint({
    method: 'POST',
    path: '/conversations',
    summary: 'Make a group of people you are matched or friends with. You are its owner.',
    access: 'user',
    body: { name: GroupName, userIds },
    output: Group,
    errors: ['CANNOT_BE_ADDED', 'GROUP_FULL'],
    limit: { max: 30, windowSeconds: 3600, by: ['user'] },
    idempotency: 'key',
    transport: 'both',
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/conversations/:conversationId',
    summary: 'Give a group another name. For its owner and admins.',
    access: 'user',
    params,
    body: { name: GroupName },
    output: Group,
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_A_GROUP', 'GROUP_ROLE_TOO_LOW'],
    idempotency: 'natural',
    transport: 'both',
  }),
  setPicture: endpoint({
    method: 'PUT',
    path: '/conversations/:conversationId/picture',
    summary: 'Give a group a picture, in place of the one before. For its owner and admins.',
    description:
      'It is turned upright and made into the fixed sizes, as photos are; where and when it was taken is not kept. The picture that it has already changes nothing.',
    access: 'user',
    params,
    upload: photoUpload,
    output: Group,
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_A_GROUP', 'GROUP_ROLE_TOO_LOW', 'FILE_TYPE_NOT_ALLOWED', 'IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE'],
    limit: { max: 60, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
  }),
  removePicture: endpoint({
    method: 'DELETE',
    path: '/conversations/:conversationId/picture',
    summary: 'Take the picture of a group away. For its owner and admins.',
    access: 'user',
    params,
    output: Group,
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_A_GROUP', 'GROUP_ROLE_TOO_LOW'],
    idempotency: 'natural',
    transport: 'both',
  }),
  members: endpoint({
    method: 'GET',
    path: '/conversations/:conversationId/members',
    summary: 'Who is in a group, by their ids.',
    access: 'user',
    params,
    query: {
      ...pageFields,
      userIds: z
        .array(Id)
        .max(maxMembersAsked)
        .optional()
        .meta({ description: 'Only these, and also those of them who are not in it any more.', examples: [[sampleIds.ben]] }),
    },
    output: page(GroupMember).meta({ id: 'GroupMemberPage', description: 'A page of people in a group.' }),
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_A_GROUP', 'INVALID_CURSOR'],
    transport: 'both',
  }),
  addMembers: endpoint({
    method: 'POST',
    path: '/conversations/:conversationId/members',
    summary: 'Add people to a group. For its owner and admins.',
    description: 'Who is added reads what is written from then on. Who was in it before begins anew.',
    access: 'user',
    params,
    body: { userIds },
    output: Group,
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_A_GROUP', 'GROUP_ROLE_TOO_LOW', 'CANNOT_BE_ADDED', 'GROUP_FULL'],
    limit: { max: 120, windowSeconds: 3600, by: ['user'] },
    idempotency: 'natural',
    transport: 'both',
  }),
  removeMember: endpoint({
    method: 'DELETE',
    path: '/conversations/:conversationId/members/:userId',
    summary: 'Remove someone from a group. The owner may remove everyone, admins those without a role.',
    description: 'They hear nothing of it any more and cannot read it, what was written before included.',
    access: 'user',
    params: member,
    output: Group,
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_A_GROUP', 'GROUP_ROLE_TOO_LOW', 'MEMBER_NOT_FOUND', 'CANNOT_TARGET_SELF'],
    idempotency: 'natural',
    transport: 'both',
  }),
  setRole: endpoint({
    method: 'PATCH',
    path: '/conversations/:conversationId/members/:userId',
    summary: 'Give someone another role. For the owner, who becomes an admin where it is theirs that they give away.',
    access: 'user',
    params: member,
    body: { role: GroupRole },
    output: Group,
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_A_GROUP', 'GROUP_ROLE_TOO_LOW', 'MEMBER_NOT_FOUND', 'CANNOT_TARGET_SELF'],
    idempotency: 'natural',
    transport: 'both',
  }),
  leave: endpoint({
    method: 'POST',
    path: '/conversations/:conversationId/leave',
    summary: 'Leave a group. You see nothing of it any more.',
    description:
      'Where its owner leaves, the admin who was there first becomes the owner; without admins, whoever was there first. With the last one the group closes.',
    access: 'user',
    params,
    output: Done,
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_A_GROUP'],
    transport: 'both',
  }),
};

export const groupEvents = {
  'conversation:removed': event({
    summary: 'Someone is not in a group any more. Nothing of it is theirs to read.',
    audience: 'Who left or was removed.',
    delivery: 'durable',
    data: z.object({ conversationId: ConversationId }).meta({ id: 'ConversationRemoved', description: 'A conversation that is gone.' }),
  }),
};
