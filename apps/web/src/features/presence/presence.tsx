import type { PresenceState } from '@app/api-client';
import { usePresence } from '@app/api-client/react';
import { cx } from '../../design/cx';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';

function usePresenceOf(userId: string | undefined): PresenceState | undefined {
  const states = usePresence(userId === undefined ? [] : [userId]);
  return userId === undefined ? undefined : states.get(userId);
}

/** The mark of someone who is here now, at the lower right of their picture; nothing of anybody else. Its parent is `relative`. */
export function PresenceDot({ userId, className = 'size-3.5' }: { userId: string | undefined; className?: string }) {
  const t = useTexts('presence');
  const state = usePresenceOf(userId);
  if (!state?.online) return null;
  return (
    <span className={cx('absolute right-0 bottom-0 animate-appear rounded-full border-2 border-surface bg-sea', className)}>
      <span className="sr-only">{t('online')}</span>
    </span>
  );
}

/** That someone is here, or when they last were, in words; null where neither is to be seen. */
export function usePresenceText(userId: string | undefined): string | null {
  const t = useTexts('presence');
  const { relativeTime } = useFormats();
  const now = useNow();
  const state = usePresenceOf(userId);
  if (state?.online) return t('online');
  return state?.lastSeenAt ? t('lastSeen', { when: relativeTime(state.lastSeenAt, now) }) : null;
}
