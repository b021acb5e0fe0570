import type { Call } from '@app/api-client';
import { useAuth, useCall } from '@app/api-client/react';
import { PhoneCall } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { Button } from '../../design/button';
import { notifyError } from '../../design/notices';
import { useTexts } from '../../language/use-texts';

const load = () => import('./call-overlay');
const CallOverlay = lazy(load);

/** Shows whatever call there is, over any page. Its screen is loaded when the browser has nothing better to do, so that it is there when it rings. */
export function CallHost() {
  const { state, ongoing, error } = useCall();
  useEffect(() => {
    // Should it not load now, it is tried again when there is a call.
    const timer = setTimeout(() => load().catch(() => undefined), 2_000);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (error && state === 'idle') notifyError(error);
  }, [error, state]);

  if (state !== 'idle') {
    return (
      <Suspense>
        <CallOverlay />
      </Suspense>
    );
  }
  return ongoing && <OngoingCall call={ongoing} />;
}

/** A call that goes on without this device. */
function OngoingCall({ call }: { call: Call }) {
  const t = useTexts('calls');
  const { rejoin, hangUp } = useCall();
  const { user } = useAuth();
  const other = call.caller.id === user?.id ? call.callee : call.caller;
  return (
    <section
      aria-label={t('goesOn.label')}
      className="fixed inset-x-3 bottom-[calc(4.75rem+env(safe-area-inset-bottom))] z-40 mx-auto flex max-w-md animate-rise flex-wrap items-center gap-3 rounded-3xl bg-night p-4 text-white shadow-float lg:right-6 lg:bottom-6 lg:left-auto"
    >
      <PhoneCall className="size-5 shrink-0 text-sea" aria-hidden="true" />
      <p className="min-w-0 grow font-semibold">{t('goesOn.text', { name: other.displayName })}</p>
      <div className="flex gap-2">
        <Button size="sm" variant="light" onClick={() => void rejoin()}>
          {t('goesOn.rejoin')}
        </Button>
        <Button size="sm" variant="danger" onClick={() => void hangUp()}>
          {t('controls.hangUp')}
        </Button>
      </div>
    </section>
  );
}
