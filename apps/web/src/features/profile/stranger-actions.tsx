import type { Person, SwipeAction } from '@app/api-client';
import { useMatch } from '@app/api-client/react';
import { Heart, Star, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { notifyError } from '../../design/notices';
import { useTexts } from '../../language/use-texts';

/** What one can do with someone one is not matched with. */
export function StrangerActions({ person }: { person: Person }) {
  const t = useTexts('profile');
  const discover = useTexts('discover');
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
          {discover('like')}
        </Button>
        <Button className="bg-honey! text-on-honey!" icon={<Star className="size-5 fill-current" />} {...button('super_like')}>
          {discover('superLike')}
        </Button>
        <Button variant="plain" icon={<X className="size-5" />} {...button('pass')}>
          {discover('pass')}
        </Button>
      </div>
      <p role="status" className="text-ink-soft">
        {chosen && t(`did.${chosen}`)}
      </p>
    </div>
  );
}
