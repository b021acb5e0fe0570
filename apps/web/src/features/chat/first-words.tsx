import type { Person } from '@app/api-client';
import { useProfile } from '@app/api-client/react';
import { Avatar } from '../../design/portrait/portrait';
import type { TextsOf } from '../../language/spoken';
import { useTexts } from '../../language/use-texts';

/** Ways to begin: about what they like, else what goes with anyone. */
function openersFor(interests: readonly string[], city: string | null, t: TextsOf<'chat'>): string[] {
  const [first, second] = interests;
  const openers = [
    first && t('first.into', { interest: first }),
    second && t('first.best', { interest: second }),
    city && t('first.city', { city }),
    t('first.smile'),
    t('first.drink'),
  ];
  return openers.filter((opener) => typeof opener === 'string').slice(0, 3);
}

/** A conversation in which nobody has said anything yet. */
export function FirstWords({ person, canWrite, onPick }: { person: Person; canWrite: boolean; onPick(text: string): void }) {
  const t = useTexts('chat');
  const { profile } = useProfile(person.id);
  return (
    <div className="scroll-quiet flex min-h-0 grow flex-col items-center justify-center gap-3 overflow-y-auto px-6 py-8 text-center">
      <Avatar person={person} className="size-36 animate-pop" fine />
      <h2 className="text-2xl font-extrabold">{t('first.title', { name: person.displayName })}</h2>
      {canWrite && (
        <>
          <p className="text-ink-soft">{t('first.text')}</p>
          <ul className="mt-2 grid w-full max-w-sm gap-2">
            {openersFor(profile?.interests ?? [], person.city, t).map((opener) => (
              <li key={opener}>
                <button
                  type="button"
                  className="w-full rounded-2xl border border-line-strong bg-surface px-4 py-3 text-left font-medium transition-colors hover:border-heart hover:bg-heart-soft"
                  onClick={() => onPick(opener)}
                >
                  {opener}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
