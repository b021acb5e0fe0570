import type { Person } from '@app/api-client';
import { HeartCrack } from 'lucide-react';
import { useTexts } from '../../language/use-texts';

/** In the place of the composer, once two are no longer matched, or the other one has deleted their account. */
export function ClosedBanner({ person }: { person: Person | null }) {
  const t = useTexts('chat');
  return (
    <div className="safe-bottom border-t border-line bg-sunken">
      <p className="mx-auto flex max-w-3xl items-center justify-center gap-3 px-5 py-4 text-ink-soft" role="status">
        <HeartCrack className="size-5 shrink-0" aria-hidden="true" />
        <span>{person ? t('closed', { name: person.displayName }) : t('closedDeleted')}</span>
      </p>
    </div>
  );
}
