import type { SwipeAction } from '@app/api-client';
import { useDiscovery } from '@app/api-client/react';
import { useEffect, useState } from 'react';
import { notifyError } from '../../design/notices';
import { useTexts } from '../../language/use-texts';
import type { Leaving } from './deck';
import type { Drag } from './swipe-physics';

const still: Drag = { x: 0, y: 0, vx: 0, vy: 0 };

/** The queue of people with what the eye needs: cards that fly out and come back, and words for the ear. */
export function useDeck() {
  const t = useTexts('discover');
  const discovery = useDiscovery();
  const { people, current, canUndo, error } = discovery;
  const [leaving, setLeaving] = useState<readonly Leaving[]>([]);
  const [left, setLeft] = useState<Readonly<Record<string, SwipeAction>>>({});
  const [said, setSaid] = useState('');

  function swipe(action: SwipeAction, from: Drag = still): void {
    if (!current) return;
    setLeaving((now) => [...now, { profile: current, action, from }]);
    setLeft((now) => ({ ...now, [current.id]: action }));
    setSaid(t(`said.${action}`, { name: current.displayName }));
    void discovery.swipe(action, current.id);
  }

  function undo(): void {
    if (!canUndo) return;
    setSaid(t('said.undone'));
    void discovery.undo();
  }

  // A failed first load has a page of its own; a failed swipe is told in passing.
  useEffect(() => {
    if (error && people.length > 0) notifyError(error);
  }, [error, people.length]);

  const shown = people.filter(({ id }) => !leaving.some(({ profile }) => profile.id === id));
  return {
    ...discovery,
    shown,
    leaving,
    cameBack: shown[0] && left[shown[0].id],
    said,
    swipe,
    undo,
    gone: (userId: string) => setLeaving((now) => now.filter(({ profile }) => profile.id !== userId)),
  };
}
