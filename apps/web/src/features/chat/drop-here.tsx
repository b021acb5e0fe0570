import { ImagePlus } from 'lucide-react';
import { useTexts } from '../../language/use-texts';

/** Over the page while files are held over it. */
export function DropHere() {
  const t = useTexts('chat');
  return (
    <div
      className="pointer-events-none fixed inset-0 z-40 grid animate-appear place-items-center bg-night/55 p-6 backdrop-blur-[2px]"
      role="status"
    >
      <p className="flex items-center gap-3 rounded-[1.75rem] border-2 border-dashed border-heart bg-raised px-8 py-6 text-lg font-bold shadow-float">
        <ImagePlus className="size-7 text-heart-ink" aria-hidden="true" /> {t('attach.drop')}
      </p>
    </div>
  );
}
