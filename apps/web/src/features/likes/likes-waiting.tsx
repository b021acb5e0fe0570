import { useLikeCount } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Heart } from 'lucide-react';
import { useTexts } from '../../language/use-texts';

/** How many like you, and the way to them. Nothing where nobody waits. */
export function LikesWaiting() {
  const t = useTexts('likes');
  const waiting = useLikeCount();
  if (!waiting || waiting.count === 0) return null;
  return (
    <Link
      to="/likes"
      className="mb-5 flex min-h-14 items-center gap-3.5 rounded-3xl bg-heart-soft px-5 py-3 font-semibold transition-[scale] active:scale-[0.99]"
    >
      <Heart className="size-6 shrink-0 fill-current text-heart-ink" aria-hidden="true" />
      <span className="grow">{t('waiting', { count: waiting.count })}</span>
      <span className="hidden text-sm text-ink-soft sm:inline">{t('see')}</span>
      <ChevronRight className="size-5 text-ink-soft" aria-hidden="true" />
    </Link>
  );
}
