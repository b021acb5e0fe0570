import { UsersRound } from 'lucide-react';
import { cx } from '../../design/cx';

/** The round picture of a group. `className` gives its size. */
export function GroupAvatar({ className = 'size-12' }: { className?: string }) {
  return (
    <span className={cx('grid shrink-0 place-items-center rounded-full bg-plum text-on-plum', className)}>
      <UsersRound className="size-1/2" aria-hidden="true" />
    </span>
  );
}
