import type { Profile } from '@app/contracts';
import type { PersonRow } from '../people/people';

/**
 * Whether someone who sees that the person is there may look at their page as well. Who shows it to their matches shows it to
 * their friends too, and to whom they have asked to be one: to decide, that person has to see who asks.
 */
export function mayLookAt(
  { profileVisibility }: Pick<PersonRow, 'profileVisibility'>,
  { matched, friendship }: Pick<Profile, 'matched' | 'friendship'>,
): boolean {
  return profileVisibility === 'public' || matched || friendship === 'friends' || friendship === 'received';
}
