import type { Person, SwipeAction } from '@app/api-client';
import { useMatch } from '@app/api-client/react';
import { Heart, Star, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { notifyError } from '../../design/notices';

const done: Readonly<Record<SwipeAction, string>> = {
  like: 'You like each other if they feel the same.',
  super_like: 'They will see that you really mean it.',
  pass: 'You passed.',
};

/** What one can do with someone one is not matched with. */
export function StrangerActions({ person }: { person: Person }) {
  const { swipe } = useMatch();
  const [pending, setPending] = useState<SwipeAction | null>(null);
  const [chosen, setChosen] = useState<SwipeAction | null>(null);

  async function choose(action: SwipeAction) {
    setPending(action);
    try {
      await swipe(person.id, action);
      setChosen(action);
    } catch (error) {
      notifyError(error);
    } finally {
      setPending(null);
    }
  }

  const button = (action: SwipeAction) => ({ pending: pending === action, disabled: pending !== null, onClick: () => void choose(action) });
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2.5">
        <Button icon={<Heart className="size-5 fill-current" />} {...button('like')}>
          Like
        </Button>
        <Button className="bg-honey! text-on-honey!" icon={<Star className="size-5 fill-current" />} {...button('super_like')}>
          Super like
        </Button>
        <Button variant="plain" icon={<X className="size-5" />} {...button('pass')}>
          Pass
        </Button>
      </div>
      <p role="status" className="text-ink-soft">
        {chosen && done[chosen]}
      </p>
    </div>
  );
}
