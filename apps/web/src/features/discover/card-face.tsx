import type { Profile, SwipeAction } from '@app/api-client';
import { Heart, Info, Star, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../design/cx';
import { Portrait, paletteOf } from '../../design/portrait/portrait';
import { useTexts } from '../../language/use-texts';
import { Where } from '../people/where';
import { PhotoBars } from '../photos/carousel';

const stamps: Readonly<Record<SwipeAction, { text: 'like' | 'pass' | 'superLike'; icon: ReactNode; look: string }>> = {
  like: {
    text: 'like',
    icon: <Heart className="size-6 fill-current" />,
    look: 'left-5 top-6 -rotate-12 bg-heart text-on-heart',
  },
  pass: { text: 'pass', icon: <X className="size-7" strokeWidth={3} />, look: 'right-5 top-6 rotate-12 bg-night text-white' },
  super_like: {
    text: 'superLike',
    icon: <Star className="size-6 fill-current" />,
    look: 'inset-x-0 mx-auto w-fit bottom-[38%] -rotate-3 bg-honey text-on-honey',
  },
};

/** Shows as strongly as the card leans to it; `use-drag` sets the variables. */
function Stamps() {
  const t = useTexts('discover');
  return Object.entries(stamps).map(([action, { text, icon, look }]) => (
    <span
      key={action}
      aria-hidden="true"
      style={{ opacity: `var(--${action}, 0)`, scale: `calc(0.8 + 0.2 * var(--${action}, 0))` }}
      className={cx(
        'pointer-events-none absolute flex items-center gap-2 rounded-full px-5 py-2.5 font-display text-xl font-extrabold shadow-float',
        look,
      )}
    >
      {icon}
      {t(text)}
    </span>
  ));
}

/** What a card shows of someone; `at`: which of their photos. */
export function CardFace({ profile, at = 0, onMore }: { profile: Profile; at?: number; onMore?: () => void }) {
  const t = useTexts('discover');
  const { id, displayName, age, bio, interests, photos } = profile;
  return (
    <div className="relative size-full overflow-hidden rounded-[2rem] bg-sunken shadow-float select-none [container-type:size]">
      <Portrait person={{ ...profile, photo: photos[at] ?? profile.photo }} />
      <PhotoBars count={photos.length} at={at} />
      <div
        className="absolute inset-x-0 bottom-0 px-6 pt-24 pb-6 text-white"
        style={{ background: `linear-gradient(to top, ${paletteOf(id).deep} 12%, ${paletteOf(id).deep}e6 48%, transparent)` }}
      >
        <div className="flex items-end justify-between gap-3">
          <h2 className={cx('min-w-0 leading-none font-extrabold wrap-anywhere', displayName.length > 18 ? 'text-2xl' : 'text-[2.1rem]')}>
            {displayName} <span className="font-semibold opacity-90">{age}</span>
          </h2>
          {onMore && (
            <button
              type="button"
              aria-label={t('moreAbout', { name: displayName })}
              className="grid size-11 shrink-0 place-items-center rounded-full bg-white/18 transition-[background-color,scale] hover:bg-white/30 focus-visible:outline-white active:scale-90"
              onClick={onMore}
            >
              <Info className="size-5.5" aria-hidden="true" />
            </button>
          )}
        </div>
        <Where person={profile} className="mt-1.5 text-white/90" />
        {bio && <p className="mt-2.5 line-clamp-2 leading-snug wrap-anywhere text-white/92 lg:hidden">{bio}</p>}
        {interests.length > 0 && (
          <ul className="mt-3 flex max-h-8 flex-wrap gap-1.5 overflow-hidden lg:hidden [@container(max-height:24rem)]:hidden">
            {interests.map((interest) => (
              <li key={interest} className="rounded-full bg-white/18 px-3 py-1 text-sm font-semibold">
                {interest}
              </li>
            ))}
          </ul>
        )}
      </div>
      <Stamps />
    </div>
  );
}
