import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { type ComponentProps, type ReactNode, useEffect } from 'react';
import { cx } from './cx';

/** Names the page in the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Heartline`;
  }, [title]);
}

export function BackLink({ to, label, className }: { to: ComponentProps<typeof Link>['to']; label: string; className?: string }) {
  return (
    <Link
      to={to}
      aria-label={label}
      className={cx('-ml-2 grid size-11 shrink-0 place-items-center rounded-full transition-colors hoverable:hover:bg-sunken', className)}
    >
      <ChevronLeft className="size-6" aria-hidden="true" />
    </Link>
  );
}

interface PageProps {
  title: string;
  /** Beside the title. */
  actions?: ReactNode;
  back?: ReactNode;
  /** Text pages are narrower than grids. */
  width?: 'text' | 'grid';
  children: ReactNode;
}

/** A page that scrolls: its title, and what it is about. */
export function Page({ title, actions, back, width = 'text', children }: PageProps) {
  useTitle(title);
  return (
    <div className={cx('mx-auto w-full px-4 pb-10 sm:px-8', width === 'text' ? 'max-w-2xl' : 'max-w-6xl')}>
      <header className="flex min-h-16 items-center gap-2 pt-3 pb-2 lg:pt-8 lg:pb-4">
        {back}
        <h1 className="min-w-0 grow text-[1.75rem] wrap-anywhere hyphens-auto leading-tight font-extrabold lg:text-4xl">{title}</h1>
        {actions}
      </header>
      {children}
    </div>
  );
}

/** A titled part of a page. */
export function Card({ title, children, className }: { title?: string; children: ReactNode; className?: string }) {
  return (
    <section className={cx('rounded-3xl border border-line bg-surface px-5 py-4 shadow-card', className)}>
      {title && <h2 className="mb-2 text-lg font-bold">{title}</h2>}
      {children}
    </section>
  );
}
