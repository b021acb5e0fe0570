import type { Profile } from '@app/api-client';
import { Interests } from '../discover/about';

/** What someone says about themselves, below their picture. */
export function Said({ profile: { bio, interests }, nothing }: { profile: Profile; nothing: string }) {
  return (
    <>
      <section aria-label="About">
        <p className={bio ? 'text-xl leading-relaxed wrap-anywhere whitespace-pre-line' : 'text-lg text-ink-soft'}>{bio || nothing}</p>
      </section>
      <Interests interests={interests} />
    </>
  );
}
