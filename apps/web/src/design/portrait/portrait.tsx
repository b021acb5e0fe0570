import { memo, useId, useMemo } from 'react';
import { cx } from '../cx';
import type { Palette } from './palettes';
import { initialOf, type Scene, type Shape, sceneHeight, sceneOf, sceneWidth } from './scene';

/** Whoever has an id and a name. */
export interface Portrayed {
  id: string;
  displayName: string;
}

function drawn({ d, fill, stroke, width, opacity }: Shape, index: number) {
  return <path key={`${index}-${d}`} d={d} fill={fill ?? 'none'} stroke={stroke} strokeWidth={width} opacity={opacity} />;
}

function Drawing({ scene, initial, fine }: { scene: Scene; initial: string; fine: boolean }) {
  const ground = useId();
  const { palette, back, front, letter } = scene;
  // Hair lines are noise at the size of a thumb.
  const seen = (shapes: Shape[]) => (fine ? shapes : shapes.filter((shape) => shape.fill));
  return (
    <>
      <linearGradient id={ground} x1="0" y1="0" x2="0.3" y2="1">
        <stop offset="0" stopColor={palette.ground[0]} />
        <stop offset="1" stopColor={palette.ground[1]} />
      </linearGradient>
      <rect width={sceneWidth} height={sceneHeight} fill={`url(#${ground})`} />
      {seen(back).map(drawn)}
      <text
        x={letter.x}
        y={letter.y}
        fontSize={letter.size}
        fill={letter.fill}
        textAnchor="middle"
        transform={`rotate(${letter.turn.toFixed(1)} ${letter.x.toFixed(1)} ${letter.y - 110})`}
        className="font-display font-extrabold"
      >
        {initial}
      </text>
      {seen(front).map(drawn)}
    </>
  );
}

/** A person's picture, filling its box: until they have photos it is made from their id. Decoration: the name stands beside it. */
export const Portrait = memo(function Portrait({ person, className }: { person: Portrayed; className?: string }) {
  const scene = useMemo(() => sceneOf(person.id), [person.id]);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${sceneWidth} ${sceneHeight}`}
      preserveAspectRatio="xMidYMid slice"
      className={cx('block size-full', className)}
    >
      <Drawing scene={scene} initial={initialOf(person.displayName)} fine />
    </svg>
  );
});

/** The round cut of a person's picture. `className` gives its size. `fine`: large enough for its hair lines. */
export const Avatar = memo(function Avatar({
  person,
  className = 'size-12',
  fine = false,
}: {
  person: Portrayed;
  className?: string;
  fine?: boolean;
}) {
  const scene = useMemo(() => sceneOf(person.id), [person.id]);
  return (
    <svg aria-hidden="true" viewBox="30 76 340 340" className={cx('block shrink-0 rounded-full', className)}>
      <Drawing scene={scene} initial={initialOf(person.displayName)} fine={fine} />
    </svg>
  );
});

/** The colours of someone's picture, for what stands on it or around it. */
export function paletteOf(id: string): Palette {
  return sceneOf(id).palette;
}
