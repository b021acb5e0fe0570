import type { Photo } from '@app/api-client';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { cx } from '../../design/cx';

/** The round picture of a group, or what stands there where it has none or it cannot be loaded. `className` gives its size. */
export function GroupAvatar({ picture, className = 'size-12' }: { picture: Photo | null; className?: string }) {
  const [failed, setFailed] = useState<string>();
  if (picture && failed !== picture.id) {
    const { small, medium } = picture.urls;
    return (
      <img
        alt=""
        src={medium}
        srcSet={`${small} 160w, ${medium} 480w`}
        sizes="5rem"
        decoding="async"
        draggable={false}
        style={{ backgroundColor: picture.color }}
        className={cx('block shrink-0 rounded-full object-cover', className)}
        onError={() => setFailed(picture.id)}
      />
    );
  }
  return (
    <span className={cx('grid shrink-0 place-items-center rounded-full bg-plum text-on-plum', className)}>
      <UsersRound className="size-1/2" aria-hidden="true" />
    </span>
  );
}
