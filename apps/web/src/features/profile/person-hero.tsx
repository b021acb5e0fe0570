import type { Person, Profile } from '@app/api-client';
import type { ReactNode } from 'react';
import { cx } from '../../design/cx';
import { paletteOf } from '../../design/portrait/portrait';
import { Where } from '../people/where';
import { Carousel } from '../photos/carousel';

/** Someone's picture with their name on it, at the head of their page. */
export function PersonHero({
  person,
  corner,
  className,
}: {
  person: Person & Partial<Pick<Profile, 'distanceKm' | 'photos'>>;
  corner?: ReactNode;
  className?: string;
}) {
  const deep = paletteOf(person.id).deep;
  return (
    <div className={cx('relative overflow-hidden rounded-[2rem] shadow-card', className)}>
      <Carousel person={person} photos={person.photos ?? []} />
      {corner && <div className="absolute top-6 right-3 flex gap-2">{corner}</div>}
      <div
        className="pointer-events-none absolute inset-x-0 bottom-0 p-6 pt-24 text-white"
        style={{ background: `linear-gradient(to top, ${deep} 12%, ${deep}d9 48%, transparent)` }}
      >
        <h1 className={cx('leading-none font-extrabold wrap-anywhere', person.displayName.length > 18 ? 'text-2xl' : 'text-4xl')}>
          {person.displayName} <span className="font-semibold opacity-90">{person.age}</span>
        </h1>
        <Where person={person} className="mt-2 text-white/90" />
      </div>
    </div>
  );
}
