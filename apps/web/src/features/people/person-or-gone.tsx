import type { Person } from '@app/api-client';
import { UserRoundX } from 'lucide-react';
import { useCallback } from 'react';
import { cx } from '../../design/cx';
import { Avatar } from '../../design/portrait/portrait';
import { useTexts } from '../../language/use-texts';

/** How someone is called; null: who has deleted their account. */
export function useNameOf(): (person: Person | null) => string {
  const t = useTexts('people');
  return useCallback((person) => person?.displayName ?? t('deletedAccount'), [t]);
}

/** The round picture of someone; null: of who has deleted their account. `className` gives its size. */
export function PersonAvatar({ person, className = 'size-12' }: { person: Person | null; className?: string }) {
  if (person) return <Avatar person={person} className={className} />;
  return (
    <span className={cx('grid shrink-0 place-items-center rounded-full bg-sunken text-ink-soft', className)}>
      <UserRoundX className="size-1/2" aria-hidden="true" />
    </span>
  );
}
