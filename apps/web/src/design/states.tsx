import { CloudOff, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useErrorText } from '../language/error-text';
import { useTexts } from '../language/use-texts';
import { Button } from './button';
import { cx } from './cx';

/** The place of something that is still loading. Give it its size. */
export function Skeleton({ className }: { className?: string }) {
  return <div className={cx('skeleton', className)} aria-hidden="true" />;
}

/** Tells those who do not see the skeletons. */
export function Loading({ className, children }: { className?: string; children: ReactNode }) {
  const t = useTexts('words');
  return (
    <div role="status" className={className}>
      <span className="sr-only">{t('loading')}</span>
      {children}
    </div>
  );
}

interface EmptyStateProps {
  picture: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
  /** `h1` where it is all there is on the page. */
  heading?: 'h1' | 'h2';
}

/** A list with nothing in it, and what to do about that. */
export function EmptyState({ picture, title, children, action, className, heading: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className={cx('mx-auto flex max-w-sm animate-rise flex-col items-center gap-2 px-6 py-12 text-center', className)}>
      <div className="mb-2">{picture}</div>
      <Heading className="text-xl font-bold">{title}</Heading>
      <p className="text-ink-soft">{children}</p>
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}

/** Something could not be loaded. */
export function ErrorState({ error, onRetry, className }: { error: unknown; onRetry?: (() => void) | undefined; className?: string }) {
  const t = useTexts('words');
  const { title, detail } = useErrorText()(error);
  return (
    <div role="alert" className={cx('mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-12 text-center', className)}>
      <div className="mb-2 grid size-16 place-items-center rounded-full bg-danger-soft text-danger-ink">
        <CloudOff className="size-7" aria-hidden="true" />
      </div>
      <h2 className="text-xl font-bold">{title}</h2>
      {detail && <p className="text-sm break-all text-ink-soft">{detail}</p>}
      {onRetry && (
        <Button variant="plain" className="mt-3" icon={<RotateCw className="size-4" />} onClick={onRetry}>
          {t('tryAgain')}
        </Button>
      )}
    </div>
  );
}
