import { HeartCrack } from 'lucide-react';

/** In the place of the composer, once two are no longer matched. */
export function ClosedBanner({ name }: { name: string }) {
  return (
    <div className="safe-bottom border-t border-line bg-sunken">
      <p className="mx-auto flex max-w-3xl items-center justify-center gap-3 px-5 py-4 text-ink-soft" role="status">
        <HeartCrack className="size-5 shrink-0" aria-hidden="true" />
        <span>You and {name} are no longer matched. You can still read what you wrote each other.</span>
      </p>
    </div>
  );
}
