import type { Person } from '@app/api-client';
import { HeartCrack } from 'lucide-react';
import { useTexts } from '../../language/use-texts';

/** In the place of the composer, once two are no longer matched, the other one has deleted their account, or one is not in the group any more. */
export function ClosedBanner({ person, isGroup }: { person: Person | null; isGroup: boolean }) {
  const t = useTexts('chat');
  const groups = useTexts('groups');
  const why = person ? t('closed', { name: person.displayName }) : t('closedDeleted');
  return (
    <div className="safe-bottom border-t border-line bg-sunken">
      <p className="mx-auto flex max-w-3xl items-center justify-center gap-3 px-5 py-4 text-ink-soft" role="status">
        <HeartCrack className="size-5 shrink-0" aria-hidden="true" />
        <span>{isGroup ? groups('left') : why}</span>
      </p>
    </div>
  );
}
