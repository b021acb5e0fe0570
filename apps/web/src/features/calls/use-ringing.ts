import type { UseCallResult } from '@app/api-client/react';
import { useEffect } from 'react';
import { startTone } from './ring-tone';

/** Rings for as long as a call does: a tone, a shake on phones, and the name in the browser's tab. */
export function useRinging(state: UseCallResult['state'], title: string): void {
  useEffect(() => {
    if (state !== 'incoming' && state !== 'outgoing') return;
    const stop = startTone(state);
    return stop;
  }, [state]);

  useEffect(() => {
    if (state !== 'incoming') return;
    const before = document.title;
    document.title = title;
    navigator.vibrate?.([400, 250, 400, 1_200, 400, 250, 400]);
    return () => {
      document.title = before;
      navigator.vibrate?.(0);
    };
  }, [state, title]);
}
