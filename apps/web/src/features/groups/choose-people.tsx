import { Check } from 'lucide-react';
import { Button } from '../../design/button';
import { cx } from '../../design/cx';
import { Loading, Skeleton } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { PersonAvatar } from '../people/person-or-gone';
import { useKnownPeople } from './use-known-people';

interface ChoosePeopleProps {
  chosen: readonly string[];
  onChoose(chosen: readonly string[]): void;
  /** Who is in it already. */
  except?: readonly string[];
}

const nobody: readonly string[] = [];

/** Matches and friends, to be chosen from. */
export function ChoosePeople({ chosen, onChoose, except = nobody }: ChoosePeopleProps) {
  const t = useTexts('groups');
  const words = useTexts('words');
  const { people, isLoading, hasMore, fetchMore } = useKnownPeople(except);
  if (isLoading) {
    return (
      <Loading className="grid gap-2">
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
      </Loading>
    );
  }
  if (people.length === 0) return <p className="py-3 text-ink-soft">{t('nobody')}</p>;
  return (
    <fieldset className="grid gap-0.5">
      <legend className="sr-only">{t('who')}</legend>
      {people.map((person) => {
        const isChosen = chosen.includes(person.id);
        return (
          <label
            key={person.id}
            className="-mx-2 flex min-h-14 cursor-pointer items-center gap-3 rounded-2xl px-2 py-1.5 hover:bg-sunken has-focus-visible:outline-[2.5px] has-focus-visible:outline-focus"
          >
            <input
              type="checkbox"
              className="sr-only"
              checked={isChosen}
              onChange={() => onChoose(isChosen ? chosen.filter((id) => id !== person.id) : [...chosen, person.id])}
            />
            <PersonAvatar person={person} className="size-11" />
            <span className="min-w-0 grow truncate font-semibold">{person.displayName}</span>
            <span
              aria-hidden="true"
              className={cx(
                'grid size-6 shrink-0 place-items-center rounded-full border-2',
                isChosen ? 'border-heart bg-heart text-on-heart' : 'border-line-strong bg-surface',
              )}
            >
              {isChosen && <Check className="size-4" />}
            </span>
          </label>
        );
      })}
      {hasMore && (
        <Button variant="soft" size="sm" onClick={fetchMore}>
          {words('showMore')}
        </Button>
      )}
    </fieldset>
  );
}
