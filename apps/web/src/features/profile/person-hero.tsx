import type { Person } from '@app/api-client';
import { MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../design/cx';
import { Portrait, paletteOf } from '../../design/portrait/portrait';

/** Someone's picture with their name on it, at the head of their page. */
export function PersonHero({ person, corner, className }: { person: Person; corner?: ReactNode; className?: string }) {
  const deep = paletteOf(person.id).deep;
  return (
    <div className={cx('relative overflow-hidden rounded-[2rem] shadow-card', className)}>
      <Portrait person={person} />
      {corner && <div className="absolute top-3 right-3 flex gap-2">{corner}</div>}
      <div
        className="absolute inset-x-0 bottom-0 p-6 pt-24 text-white"
        style={{ background: `linear-gradient(to top, ${deep} 12%, ${deep}d9 48%, transparent)` }}
      >
        <h1 className={cx('leading-none font-extrabold wrap-anywhere', person.displayName.length > 18 ? 'text-2xl' : 'text-4xl')}>
          {person.displayName} <span className="font-semibold opacity-90">{person.age}</span>
        </h1>
        {person.city && (
          <p className="mt-2 flex items-center gap-1.5 font-medium text-white/90">
            <MapPin className="size-4 shrink-0" aria-hidden="true" />
            <span className="truncate">{person.city}</span>
          </p>
        )}
      </div>
    </div>
  );
}
