import { cx } from '../../design/cx';
import { Heartline } from '../../design/heartline';
import { Portrait } from '../../design/portrait/portrait';

/** People who are only a picture. */
const cards = [
  { person: { id: 'poster-6', displayName: 'N' }, place: 'left-[4%] top-[16%] -rotate-[9deg]', delay: '80ms' },
  { person: { id: 'poster-12', displayName: 'E' }, place: 'right-[4%] top-[10%] rotate-[8deg]', delay: '180ms' },
  { person: { id: 'poster-27', displayName: 'A' }, place: 'left-[27%] top-[30%] -rotate-[1deg]', delay: '300ms' },
] as const;

/** Three portraits like a hand of cards, and one line that runs through all of them. */
export function WelcomeArt({ className }: { className?: string }) {
  return (
    <div className={cx('grid place-items-center overflow-hidden [container-type:size]', className)} aria-hidden="true">
      <div className="relative size-[min(96cqw,96cqh,44rem)]">
        {cards.map(({ person, place, delay }) => (
          <div
            key={person.id}
            className={cx('absolute aspect-[5/7] w-[45%] overflow-hidden rounded-[8%/6%] border-4 border-white/90 shadow-float', place)}
          >
            <div className="size-full animate-appear" style={{ animationDelay: delay }}>
              <Portrait person={person} />
            </div>
          </div>
        ))}
        <Heartline drawn width={3.2} className="absolute inset-x-0 bottom-[3%] w-full text-white drop-shadow-lg" />
      </div>
    </div>
  );
}
