import { HeartCrack } from 'lucide-react';
import { useTexts } from '../../language/use-texts';

/** In the place of the composer, once two are no longer matched. */
export function ClosedBanner({ name }: { name: string }) {
  const t = useTexts('chat');
  return (
    <div className="safe-bottom border-t border-line bg-sunken">
      <p className="mx-auto flex max-w-3xl items-center justify-center gap-3 px-5 py-4 text-ink-soft" role="status">
        <HeartCrack className="size-5 shrink-0" aria-hidden="true" />
        <span>{t('closed', { name })}</span>
      </p>
    </div>
  );
}
