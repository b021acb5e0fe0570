import * as z from 'zod';
import { GroupRole } from './group-roles';
import { Id } from './primitives';
import { sampleIds } from './samples';

/** Longest name of a group, in characters. */
export const maxGroupNameLength = 100;

export const GroupName = z
  .string()
  .trim()
  .min(1)
  .max(maxGroupNameLength)
  .meta({ description: 'What the group is called.', examples: ['Climbers of Sintra'] });

const note = <Type extends string, Fields extends z.core.$ZodShape>(type: Type, fields: Fields) =>
  z.object({ type: z.literal(type).meta({ examples: [type] }), ...fields });

const whom = (description: string) => Id.meta({ description, examples: [sampleIds.ben] });

/** What happened to a conversation, told among its messages. Who did it is the sender. People are ids: names are as each reader may know them. */
export const SystemNote = z
  .discriminatedUnion('type', [
    note('created', { name: GroupName }).meta({ description: 'The group was made.' }),
    note('renamed', { name: GroupName }).meta({ description: 'It has another name.' }),
    note('picture_set', {}).meta({ description: 'It has another picture.' }),
    note('picture_removed', {}).meta({ description: 'Its picture was taken away.' }),
    note('added', { userIds: z.array(whom('Someone who is in it now.')).meta({ description: 'Who was added.' }) }).meta({
      description: 'Someone was added.',
    }),
    note('removed', { userId: whom('Who was removed.') }).meta({ description: 'Someone was removed.' }),
    note('left', {}).meta({ description: 'The sender left.' }),
    note('role_changed', {
      userId: whom('Whose role changed.'),
      role: GroupRole.meta({ description: 'What they are now.', examples: ['admin'] }),
    }).meta({ description: 'Someone has another role.' }),
    note('encrypted', {}).meta({ description: 'The sender has a conversation between two encrypted from here on.' }),
  ])
  .meta({
    id: 'SystemNote',
    description: 'What happened to a conversation. Who did it is the sender of the message.',
    examples: [{ type: 'added', userIds: [sampleIds.ben] }],
  });
export type SystemNote = z.infer<typeof SystemNote>;
