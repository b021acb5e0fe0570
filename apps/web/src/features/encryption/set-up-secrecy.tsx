import { Link } from '@tanstack/react-router';
import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonClass } from '../../design/button';
import { notifyError } from '../../design/notices';
import { useTexts } from '../../language/use-texts';
import { useSecrecy } from './secrecy';

/** Why nothing that is encrypted can be read or written on this device, and what to do. Nothing where it can. */
export function SetUpSecrecy() {
  const t = useTexts('encryption');
  const { state, setUp } = useSecrecy();
  const [pending, setPending] = useState(false);
  if (state === 'ready') return null;

  async function begin() {
    setPending(true);
    await setUp().catch((error: unknown) => notifyError(error));
    setPending(false);
  }

  const isToBegin = state === 'not_set_up' || state === 'failed';
  return (
    <div className="grid justify-items-center gap-3 text-center">
      <p className="flex items-start gap-2 text-left text-ink-soft" role="status">
        <LockKeyhole className="mt-0.5 size-5 shrink-0" aria-hidden="true" />
        {t(`states.${state}`)}
      </p>
      {isToBegin && (
        <Button size="sm" pending={pending} onClick={() => void begin()}>
          {t(state === 'failed' ? 'again' : 'setUp')}
        </Button>
      )}
      {state === 'unapproved' && (
        <Link to="/settings/devices" className={buttonClass('plain', 'sm')}>
          {t('toDevices')}
        </Link>
      )}
    </div>
  );
}
