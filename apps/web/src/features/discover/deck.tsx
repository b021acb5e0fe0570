import type { Profile, SwipeAction } from '@app/api-client';
import { useLayoutEffect, useRef } from 'react';
import { useSteps } from '../photos/carousel';
import { CardFace } from './card-face';
import { type Drag, exitOf } from './swipe-physics';
import { place, useDrag } from './use-drag';

const still: Drag = { x: 0, y: 0, vx: 0, vy: 0 };

/** A card on its way out. */
export interface Leaving {
  profile: Profile;
  action: SwipeAction;
  from: Drag;
}

const isCalm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const screenSize = () => ({ width: window.innerWidth, height: window.innerHeight });

/** The uppermost card. `cameBack`: it was swiped away and returns from where it went. */
function TopCard({
  profile,
  cameBack,
  onDecide,
  onMore,
}: {
  profile: Profile;
  cameBack: SwipeAction | undefined;
  onDecide(action: SwipeAction, drag: Drag): void;
  onMore(): void;
}) {
  const card = useRef<HTMLElement>(null);
  const { at, step } = useSteps(profile.id, profile.photos);
  const handlers = useDrag(card, {
    onDecide,
    /** At its sides a card turns to the photo before and the next one; elsewhere it tells more. */
    onTap(event) {
      const box = event.currentTarget.getBoundingClientRect();
      const part = (event.clientX - box.left) / box.width;
      if (profile.photos.length > 1 && part < 0.3) step(-1);
      else if (profile.photos.length > 1 && part > 0.7) step(1);
      else onMore();
    },
  });
  useLayoutEffect(() => {
    if (!cameBack || isCalm()) return;
    const { x, y, turn } = exitOf(cameBack, still, screenSize());
    card.current?.animate([{ transform: `translate(${x}px, ${y}px) rotate(${turn}deg)` }, { transform: 'none' }], {
      duration: 460,
      easing: 'cubic-bezier(0.22, 1, 0.36, 1)',
    });
  }, [cameBack]);
  return (
    <article
      ref={card}
      aria-label={`${profile.displayName}, ${profile.age}`}
      className="absolute inset-0 cursor-grab touch-none active:cursor-grabbing"
      {...handlers}
    >
      <CardFace profile={profile} at={at} onMore={onMore} />
    </article>
  );
}

function LeavingCard({ leaving: { profile, action, from }, onGone }: { leaving: Leaving; onGone(): void }) {
  const card = useRef<HTMLDivElement>(null);
  const done = useRef(onGone);
  done.current = onGone;
  useLayoutEffect(() => {
    const element = card.current;
    if (!element) return;
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    place(element, from, size, false);
    for (const name of ['like', 'pass', 'super_like']) element.style.setProperty(`--${name}`, name === action ? '1' : '0');
    const { x, y, turn } = exitOf(action, from, screenSize());
    const flight = isCalm()
      ? element.animate({ opacity: [1, 0] }, { duration: 160, fill: 'forwards' })
      : element.animate(
          { transform: `translate3d(${x}px, ${y}px, 0) rotate(${turn}deg)` },
          { duration: 420, easing: 'cubic-bezier(0.3, 0.2, 0.5, 1)', fill: 'forwards' },
        );
    flight.onfinish = () => done.current();
    return () => flight.cancel();
  }, [action, from]);
  return (
    <div ref={card} aria-hidden="true" className="pointer-events-none absolute inset-0 z-10">
      <CardFace profile={profile} />
    </div>
  );
}

interface DeckProps {
  /** The uppermost first. */
  people: readonly Profile[];
  leaving: readonly Leaving[];
  /** How the uppermost left before, if it has just come back. */
  cameBack: SwipeAction | undefined;
  onDecide(action: SwipeAction, drag: Drag): void;
  onGone(userId: string): void;
  onMore(): void;
}

/** The cards, the next ones peeping out below. */
export function Deck({ people, leaving, cameBack, onDecide, onGone, onMore }: DeckProps) {
  return (
    <div className="relative size-full">
      {people
        .slice(0, 3)
        .map((profile, index) =>
          index === 0 ? (
            <TopCard key={profile.id} profile={profile} cameBack={cameBack} onDecide={onDecide} onMore={onMore} />
          ) : (
            <div
              key={profile.id}
              aria-hidden="true"
              inert
              className="absolute inset-0 origin-bottom transition-[translate,scale,opacity] duration-300 ease-out-soft"
              style={{ translate: `0 ${index * 14}px`, scale: `${1 - index * 0.045}`, opacity: index === 2 ? 0.6 : 1 }}
            >
              <CardFace profile={profile} />
            </div>
          ),
        )
        .reverse()}
      {leaving.map((one) => (
        <LeavingCard key={`${one.profile.id}-${one.action}`} leaving={one} onGone={() => onGone(one.profile.id)} />
      ))}
    </div>
  );
}
