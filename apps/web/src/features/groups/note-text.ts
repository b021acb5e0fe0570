import type { SystemNote } from '@app/api-client';
import type { TextsOf } from '../../language/spoken';

/** No more are named one by one. */
const mostNamed = 3;

/** What happened to a conversation, in words. `nameOf` knows what people are called by whoever is looking. */
export function noteText(note: SystemNote, senderId: string, nameOf: (userId: string) => string, t: TextsOf<'groups'>): string {
  const who = nameOf(senderId);
  switch (note.type) {
    case 'created':
      return t('notes.created', { who, name: note.name });
    case 'renamed':
      return t('notes.renamed', { who, name: note.name });
    case 'picture_set':
    case 'picture_removed':
      return t(`notes.${note.type}`, { who });
    case 'added': {
      const { userIds } = note;
      const whom = userIds.length > mostNamed ? t('notes.many', { count: userIds.length }) : userIds.map(nameOf).join(', ');
      return t('notes.added', { who, whom });
    }
    case 'removed':
      return t('notes.removed', { who, whom: nameOf(note.userId) });
    case 'encrypted':
      return t('notes.encrypted', { who });
    case 'left':
      return t('notes.left', { who });
    case 'role_changed':
      return t(`notes.${note.role}`, { whom: nameOf(note.userId) });
  }
}
