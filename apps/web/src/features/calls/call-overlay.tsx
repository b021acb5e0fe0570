import { type CallEndReason, useAuth, useCall } from '@app/api-client/react';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { Portrayed } from '../../design/portrait/portrait';
import { useTexts } from '../../language/use-texts';
import { useOwnPortrait } from '../profile/use-own-portrait';
import { CallScreen, type CallView } from './call-screen';
import { useCallee } from './callee';
import { MiniCall } from './mini-call';
import { useElapsed } from './use-elapsed';
import { useRinging } from './use-ringing';

const somebody: Portrayed = { id: 'somebody', displayName: '' };

/** How long the end of a call stays on the screen, in milliseconds; null: until it is closed. Nobody has to be told what they did themselves. */
function afterglow(reason: CallEndReason | null, isCaller: boolean): number | null {
  if (reason === 'completed' || reason === 'answered_elsewhere') return 3_000;
  if (isCaller ? reason === 'cancelled' : reason === 'rejected') return 600;
  return null;
}

/** The call of this device, filling the screen or as a small window over what one is doing. */
export function CallOverlay() {
  const t = useTexts('calls');
  const call = useCall();
  const { user } = useAuth();
  const me = useOwnPortrait();
  const callee = useCallee();
  const [isSmall, setSmall] = useState(false);
  const elapsed = useElapsed(call.state);
  const { state, call: about } = call;

  // Only a call that this device has begun is without a `call`.
  const isCaller = about === null || about.caller.id === user?.id;
  const other = about ? (isCaller ? about.callee : about.caller) : (callee?.person ?? somebody);
  const view: CallView = {
    ...call,
    me: me ?? somebody,
    other,
    isCaller,
    isVideo: (about?.type ?? callee?.type) === 'video',
    elapsed,
  };

  useRinging(state, t('isCalling', { name: other.displayName }));
  // What rings, and what is over, wants to be seen whole.
  const canBeSmall = state === 'connected' || state === 'connecting' || state === 'reconnecting' || state === 'outgoing';
  useEffect(() => {
    if (!canBeSmall) setSmall(false);
  }, [canBeSmall]);

  const { endReason, error, dismiss } = call;
  const closesIn = state === 'ended' && !error ? afterglow(endReason, isCaller) : null;
  useEffect(() => {
    if (closesIn === null) return;
    const timer = setTimeout(dismiss, closesIn);
    return () => clearTimeout(timer);
  }, [closesIn, dismiss]);

  if (isSmall && canBeSmall) return <MiniCall view={view} onOpen={() => setSmall(false)} />;
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-[60] animate-appear overflow-hidden bg-night text-white outline-none"
          onEscapeKeyDown={(event) => {
            event.preventDefault();
            if (canBeSmall) setSmall(true);
            else if (state === 'ended') dismiss();
          }}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <CallScreen view={view} onSmall={canBeSmall ? () => setSmall(true) : undefined} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export default CallOverlay;
