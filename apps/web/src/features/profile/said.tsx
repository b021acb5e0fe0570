import type { Profile } from '@app/api-client';
import { useTexts } from '../../language/use-texts';
import { Interests } from '../discover/about';
import { DetailsList } from './details-list';

/** What someone says about themselves, below their picture. */
export function Said({ profile: { bio, interests, details }, nothing }: { profile: Profile; nothing: string }) {
  const t = useTexts('profile');
  return (
    <>
      <section aria-label={t('about')}>
        <p className={bio ? 'text-xl leading-relaxed wrap-anywhere whitespace-pre-line' : 'text-lg text-ink-soft'}>{bio || nothing}</p>
      </section>
      <Interests interests={interests} />
      <DetailsList details={details} />
    </>
  );
}
