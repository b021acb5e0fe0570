import type { Person } from '@app/api-client';
import { ShieldAlert } from 'lucide-react';
import { Button } from '../../design/button';
import { useTexts } from '../../language/use-texts';
import { SetUpSecrecy } from './set-up-secrecy';
import { useSafetyNumber } from './use-safety-number';

/** In the place of the composer, where this device cannot write what is encrypted. */
export function CannotWrite() {
  return (
    <div className="safe-bottom border-t border-line bg-sunken">
      <div className="mx-auto max-w-3xl px-5 py-4">
        <SetUpSecrecy />
      </div>
    </div>
  );
}

/** Above a conversation, once the one it is with has another identity than before. */
export function IdentityBanner({ person, onCompare }: { person: Person; onCompare(): void }) {
  const t = useTexts('encryption');
  const number = useSafetyNumber(person.id);
  if (!number?.hasChanged && !number?.isViolated) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-danger-soft px-5 py-3 text-danger-ink" role="alert">
      <ShieldAlert className="size-5 shrink-0" aria-hidden="true" />
      <p className="min-w-0 grow basis-52 text-sm">{t('changed', { name: person.displayName })}</p>
      <Button size="sm" variant="plain" onClick={onCompare}>
        {t('compare')}
      </Button>
    </div>
  );
}
