import type { Photo } from '@app/api-client';
import { memo, type ReactNode, useId, useMemo, useState } from 'react';
import { cx } from '../cx';
import type { Palette } from './palettes';
import { initialOf, type Scene, type Shape, sceneHeight, sceneOf, sceneWidth } from './scene';

/** Whoever has an id and a name. */
export interface Portrayed {
  id: string;
  displayName: string;
  photo?: Photo | null;
}

const photoWidths = { small: 160, medium: 480, large: 1080 };

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

/** A photo that fills its box, and `otherwise` what stands there where it cannot be loaded. Decoration: the name stands beside it. */
function Photographed({ photo, sizes, className, otherwise }: { photo: Photo; sizes: string; className?: string; otherwise: ReactNode }) {
  const [failed, setFailed] = useState<string>();
  if (failed === photo.id) return otherwise;
  const { small, medium, large } = photo.urls;
  return (
    <img
      alt=""
      src={medium}
      srcSet={`${small} ${photoWidths.small}w, ${medium} ${photoWidths.medium}w, ${large} ${photoWidths.large}w`}
      sizes={sizes}
      draggable={false}
      decoding="async"
      style={{ backgroundColor: photo.color }}
      className={cx('block object-cover', className)}
      onError={() => setFailed(photo.id)}
    />
  );
}

/** A person's picture, filling its box: their photo, or where they have none one that is made from their id. */
export const Portrait = memo(function Portrait({ person, className }: { person: Portrayed; className?: string }) {
  const drawing = <Drawn person={person} className={className} />;
  if (!person.photo) return drawing;
  return (
    <Photographed photo={person.photo} sizes="(min-width: 40rem) 30rem, 100vw" className={cx('size-full', className)} otherwise={drawing} />
  );
});

function Drawn({ person, className }: { person: Portrayed; className?: string }) {
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
}

/** The round cut of a person's picture. `className` gives its size. `fine`: large enough for its hair lines. */
export const Avatar = memo(function Avatar({ person, className = 'size-12', fine = false }: AvatarProps) {
  const drawing = <DrawnAvatar person={person} className={className} fine={fine} />;
  if (!person.photo) return drawing;
  const round = cx('shrink-0 rounded-full', className);
  return <Photographed photo={person.photo} sizes={fine ? '9rem' : '3rem'} className={round} otherwise={drawing} />;
});

interface AvatarProps {
  person: Portrayed;
  className?: string;
  fine?: boolean;
}

function DrawnAvatar({ person, className, fine = false }: AvatarProps) {
  const scene = useMemo(() => sceneOf(person.id), [person.id]);
  return (
    <svg aria-hidden="true" viewBox="30 76 340 340" className={cx('block shrink-0 rounded-full', className)}>
      <Drawing scene={scene} initial={initialOf(person.displayName)} fine={fine} />
    </svg>
  );
}

/** The colours of someone's picture, for what stands on it or around it. */
export function paletteOf(id: string): Palette {
  return sceneOf(id).palette;
}
