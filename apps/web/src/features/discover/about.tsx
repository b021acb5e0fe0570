import type { Profile } from '@app/api-client';
import { cx } from '../../design/cx';
import { useTexts } from '../../language/use-texts';
import { Where } from '../people/where';
import { DetailsList } from '../profile/details-list';

/** Interests as chips. */
export function Interests({ interests, className }: { interests: readonly string[]; className?: string }) {
  const t = useTexts('discover');
  if (interests.length === 0) return null;
  return (
    <ul className={cx('flex flex-wrap gap-2', className)} aria-label={t('interests')}>
      {interests.map((interest) => (
        <li key={interest} className="max-w-full truncate rounded-full bg-sunken px-3.5 py-1.5 text-sm font-semibold">
          {interest}
        </li>
      ))}
    </ul>
  );
}

/** Everything someone says about themselves. */
export function About({ profile }: { profile: Profile }) {
  const { displayName, age, bio, interests, details } = profile;
  const t = useTexts('discover');
  return (
    <div className="grid grid-cols-1 gap-4">
      <div>
        <h2 className="text-3xl font-extrabold wrap-anywhere">
          {displayName} <span className="font-semibold text-ink-soft">{age}</span>
        </h2>
        <Where person={profile} className="mt-1 text-ink-soft" />
      </div>
      <p className={cx('text-lg leading-relaxed wrap-anywhere whitespace-pre-line', !bio && 'text-ink-soft')}>
        {bio || t('noBio', { name: displayName })}
      </p>
      <Interests interests={interests} />
      <DetailsList details={details} />
    </div>
  );
}
